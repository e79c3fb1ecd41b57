// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

/**
 * Finds what a model reads in a text and a person does not.
 */
final class InvisibleText {

	private InvisibleText() {
	}

	static boolean in(String text) {
		return find(text, 0, 0) >= 0;
	}

	/**
	 * Take all of it out. What separates lines or pages becomes the end of a line, so
	 * that words on both sides stay apart.
	 * @param text the text
	 * @return the very same text if there is none
	 */
	static String strip(String text) {
		int found = find(text, 0, 0);
		if (found < 0) {
			return text;
		}
		StringBuilder kept = new StringBuilder(text.length());
		int from = 0;
		while (found >= 0) {
			kept.append(text, from, found);
			int codePoint = text.codePointAt(found);
			if (isSeparator(codePoint)) {
				kept.append('\n');
			}
			from = found + Character.charCount(codePoint);
			found = find(text, from, (kept.isEmpty()) ? 0 : kept.codePointBefore(kept.length()));
		}
		return kept.append(text, from, text.length()).toString();
	}

	/**
	 * Return whether a control is a vertical tab, a form feed, or the next line of other
	 * machines.
	 */
	private static boolean isSeparator(int codePoint) {
		return codePoint == 0x0B || codePoint == 0x0C || codePoint == 0x85;
	}

	/**
	 * Return where the next character is that has no business there, -1 if nowhere.
	 */
	private static int find(String text, int from, int beforeFrom) {
		int length = text.length();
		for (int i = from; i < length; i++) {
			if (!CharacterTable.isSuspect(text.charAt(i))) {
				continue;
			}
			int codePoint = text.codePointAt(i);
			int width = Character.charCount(codePoint);
			if (CharacterTable.isInvisible(codePoint)) {
				width = CharacterContext.belongs(text, i, (i == from) ? beforeFrom : text.codePointBefore(i));
				if (width == 0) {
					return i;
				}
			}
			i += width - 1;
		}
		return -1;
	}

}
