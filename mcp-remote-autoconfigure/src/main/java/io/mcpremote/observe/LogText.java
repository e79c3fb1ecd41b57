// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

/**
 * Makes text from outside fit for a line of a log.
 */
final class LogText {

	private static final int MAX_LENGTH = 128;

	private LogText() {
	}

	/**
	 * Return a text without characters that begin a line, move the cursor or are not
	 * seen, or that lines have between fields, and of bounded length.
	 */
	static String clean(String text) {
		if (text.length() <= MAX_LENGTH && isPlain(text)) {
			return text;
		}
		StringBuilder clean = new StringBuilder(MAX_LENGTH);
		text.codePoints().limit(MAX_LENGTH).forEach((c) -> clean.appendCodePoint((isVisible(c)) ? c : '_'));
		return clean.toString();
	}

	private static boolean isPlain(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c <= ' ' || c > '~' || isSeparator(c)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return whether patterns of log lines, and what reads them, tell fields apart by it.
	 */
	private static boolean isSeparator(int c) {
		return c == '[' || c == ']' || c == ',' || c == '=' || c == '"';
	}

	private static boolean isVisible(int c) {
		if (isSeparator(c)) {
			return false;
		}
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE, Character.SPACE_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
