// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads and masks text with percent signs that stand for other characters.
 */
final class PercentText {

	private static final int MAX_TIMES = 3;

	private PercentText() {
	}

	/**
	 * Return what a text stands for. What cannot be decoded stays.
	 */
	static String decoded(String text) {
		String decoded = text;
		for (int i = 0; i < MAX_TIMES && decoded.indexOf('%') >= 0; i++) {
			String before = decoded;
			decoded = once(before);
			if (decoded.equals(before)) {
				break;
			}
		}
		return decoded;
	}

	/**
	 * Return a text without those of its words that stand for something with a secret in
	 * it.
	 * @return the text itself if there are none
	 */
	static String masked(String text) {
		if (text.indexOf('%') < 0) {
			return text;
		}
		StringBuilder out = new StringBuilder(text.length());
		int start = 0;
		while (start < text.length()) {
			int end = start;
			while (end < text.length() && !isBetween(text.charAt(end))) {
				end++;
			}
			String word = text.substring(start, end);
			out.append((isSecret(word)) ? SecretText.MASK : word);
			if (end < text.length()) {
				out.append(text.charAt(end));
			}
			start = end + 1;
		}
		return (out.length() == text.length() && text.contentEquals(out)) ? text : out.toString();
	}

	/**
	 * Return whether what a word stands for has a secret in it that the word has not.
	 */
	static boolean isSecret(String word) {
		if (word.indexOf('%') < 0) {
			return false;
		}
		String decoded = decoded(word);
		return !decoded.equals(word) && SecretText.isSecret(decoded);
	}

	private static boolean isBetween(char c) {
		return Character.isWhitespace(c) || c == '"' || c == '&';
	}

	private static String once(String text) {
		StringBuilder out = new StringBuilder(text.length());
		int i = 0;
		while (i < text.length()) {
			if (octet(text, i) < 0) {
				out.append(text.charAt(i++));
				continue;
			}
			ByteArrayOutputStream octets = new ByteArrayOutputStream();
			for (int octet = octet(text, i); octet >= 0; octet = octet(text, i)) {
				octets.write(octet);
				i += 3;
			}
			out.append(octets.toString(StandardCharsets.UTF_8));
		}
		return out.toString();
	}

	private static int octet(String text, int i) {
		if (i + 2 >= text.length() || text.charAt(i) != '%') {
			return -1;
		}
		int high = Character.digit(text.charAt(i + 1), 16);
		int low = Character.digit(text.charAt(i + 2), 16);
		return (high >= 0 && low >= 0) ? (high << 4) | low : -1;
	}

}
