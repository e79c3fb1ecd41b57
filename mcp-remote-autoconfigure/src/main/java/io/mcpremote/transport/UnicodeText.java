// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Tells whether JSON is Unicode text in UTF-8 that everybody reads alike. Parsers forgive
 * overlong sequences, guess other encodings, and let half a character pass.
 */
final class UnicodeText {

	private UnicodeText() {
	}

	static boolean is(byte[] json) {
		boolean ascii = true;
		for (int i = 0; i < json.length; i++) {
			byte b = json[i];
			if (b == '\\') {
				int length = escapeLength(json, i);
				if (length < 0) {
					return false;
				}
				i += length - 1;
			}
			else if (b <= 0) {
				// No JSON has a NUL in it, unless it is UTF-16 or UTF-32
				if (b == 0) {
					return false;
				}
				ascii = false;
			}
		}
		return ascii || isUtf8(json);
	}

	private static boolean isUtf8(byte[] bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	/**
	 * Return the length of an escape sequence, or of two that make one character; -1 if
	 * it is half a character. What is no escape sequence is left to the parser.
	 */
	private static int escapeLength(byte[] json, int start) {
		char escaped = unicodeEscape(json, start);
		if (Character.isLowSurrogate(escaped)) {
			return -1;
		}
		if (Character.isHighSurrogate(escaped)) {
			return (Character.isLowSurrogate(unicodeEscape(json, start + 6))) ? 12 : -1;
		}
		return 2;
	}

	private static char unicodeEscape(byte[] json, int start) {
		if (start + 6 > json.length || json[start] != '\\' || json[start + 1] != 'u') {
			return 0;
		}
		int value = 0;
		for (int i = start + 2; i < start + 6; i++) {
			value = (value << 4) | (Character.digit(json[i], 16) & 0xF);
		}
		return (char) value;
	}

}
