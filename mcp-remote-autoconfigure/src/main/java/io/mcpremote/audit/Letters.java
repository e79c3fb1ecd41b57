// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

/**
 * Says what characters can be part of, for whoever looks for secrets in text.
 */
final class Letters {

	private Letters() {
	}

	static boolean isAlphanumeric(char c) {
		return (c < 0x80) ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
				: Character.isLetterOrDigit(c);
	}

	/**
	 * Return whether a character may be part of a token.
	 */
	static boolean isToken(char c) {
		return isAlphanumeric(c) || "_-.~+/=".indexOf(c) >= 0;
	}

	/**
	 * Return whether a character may be part of the name of a value.
	 */
	static boolean isName(char c) {
		return isAlphanumeric(c) || c == '_' || c == '-' || c == '.';
	}

	static boolean isBlank(char c) {
		return c == ' ' || c == '\t' || c == '\u00a0';
	}

	/**
	 * Return whether a character ends what a line, or a text in quotes, has to say.
	 */
	static boolean endsLine(char c) {
		return c == '\n' || c == '\r' || c == '"' || c == '\'';
	}

	/**
	 * Return whether a character ends a value without quotes.
	 */
	static boolean endsValue(char c) {
		return Character.isWhitespace(c) || c == '"' || c == '\'' || c == '&' || c == '<' || c == '>';
	}

	/**
	 * Return where a token ends.
	 */
	static int tokenEnd(String text, int start, int end) {
		int i = start;
		while (i < end && isToken(text.charAt(i))) {
			i++;
		}
		return i;
	}

	static int skipBlanks(String text, int start, int end) {
		int i = start;
		while (i < end && isBlank(text.charAt(i))) {
			i++;
		}
		return i;
	}

}
