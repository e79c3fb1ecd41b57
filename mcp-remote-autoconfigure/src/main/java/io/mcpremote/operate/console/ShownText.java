// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import org.jspecify.annotations.Nullable;

/**
 * Makes text from outside fit to be shown: of bounded length, without characters that
 * cannot be sent or that have what stands around them look like something else.
 */
final class ShownText {

	private static final int MAX_LENGTH = 160;

	private static final char REPLACEMENT = '\uFFFD';

	private ShownText() {
	}

	static String of(@Nullable String text) {
		return of(text, MAX_LENGTH);
	}

	/**
	 * Return what is shown of a text.
	 * @param text the text, perhaps none
	 * @param max how long it may be
	 */
	static String of(@Nullable String text, int max) {
		if (text == null) {
			return "";
		}
		StringBuilder shown = new StringBuilder(Math.min(text.length(), max) + 1);
		int index = 0;
		while (index < text.length() && shown.length() < max) {
			int character = text.codePointAt(index);
			index += Character.charCount(character);
			if (Character.isISOControl(character)) {
				shown.append(' ');
			}
			else if (isMisleading(character)) {
				shown.append(REPLACEMENT);
			}
			else {
				shown.appendCodePoint(character);
			}
		}
		return (index < text.length()) ? shown.append('\u2026').toString() : shown.toString();
	}

	private static boolean isMisleading(int character) {
		int type = Character.getType(character);
		return type == Character.SURROGATE || type == Character.FORMAT || type == Character.LINE_SEPARATOR
				|| type == Character.PARAGRAPH_SEPARATOR;
	}

}
