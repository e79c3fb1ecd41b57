// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import org.jspecify.annotations.Nullable;

/**
 * Writes strings of JSON such that every reader of lines and of UTF-8 can read them: no
 * control character, no separator of lines and no half of a character is left as it is.
 */
final class JsonText {

	private static final char[] HEX = "0123456789abcdef".toCharArray();

	private JsonText() {
	}

	/**
	 * Append a string in quotes.
	 */
	static void quote(StringBuilder out, String text) {
		out.append('"');
		append(out, text, 0, text.length());
		out.append('"');
	}

	/**
	 * Append a part of a string, without quotes.
	 */
	static void append(StringBuilder out, CharSequence text, int from, int to) {
		int plain = from;
		for (int i = from; i < to; i++) {
			char c = text.charAt(i);
			if (isPlain(c)) {
				continue;
			}
			if (Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text.charAt(i + 1))) {
				i++;
				continue;
			}
			out.append(text, plain, i);
			escape(out, c);
			plain = i + 1;
		}
		out.append(text, plain, to);
	}

	/**
	 * Append a member whose value is a string, unless there is none.
	 */
	static void member(StringBuilder out, String name, @Nullable String value) {
		if (value != null) {
			name(out, name);
			quote(out, value);
		}
	}

	/**
	 * Append the name of a member and what separates it from the one before.
	 */
	static void name(StringBuilder out, String name) {
		if (out.charAt(out.length() - 1) != '{') {
			out.append(',');
		}
		quote(out, name);
		out.append(':');
	}

	private static boolean isPlain(char c) {
		if (c < 0x7f) {
			return c >= 0x20 && c != '"' && c != '\\';
		}
		// 85, 2028 and 2029 end lines for some readers
		return c > 0x9f && c != '\u2028' && c != '\u2029' && c != '\ufeff' && !Character.isSurrogate(c);
	}

	private static void escape(StringBuilder out, char c) {
		switch (c) {
			case '"', '\\' -> out.append('\\').append(c);
			case '\n' -> out.append("\\n");
			case '\r' -> out.append("\\r");
			case '\t' -> out.append("\\t");
			default -> {
				// Half of a character is not Unicode text, escaped or not, and databases
				// take
				// no zero
				char shown = (Character.isSurrogate(c) || c == 0) ? '\ufffd' : c;
				out.append("\\u");
				for (int shift = 12; shift >= 0; shift -= 4) {
					out.append(HEX[(shown >> shift) & 0xf]);
				}
			}
		}
	}

}
