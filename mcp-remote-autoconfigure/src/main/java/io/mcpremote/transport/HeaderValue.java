// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Decodes header values that may be wrapped in Base64 because HTTP cannot carry them as
 * they are.
 */
final class HeaderValue {

	private static final String PREFIX = "=?base64?";

	private static final String SUFFIX = "?=";

	// Java's decoder takes missing padding for granted
	private static final Pattern CANONICAL = Pattern
		.compile("(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

	private HeaderValue() {
	}

	/**
	 * Decode a value.
	 * @param raw the value as it arrived
	 * @return the value or {@code null} if it is malformed
	 */
	static @Nullable String decode(String raw) {
		String value = raw.strip();
		if (!isVisible(value)) {
			return null;
		}
		if (!value.startsWith(PREFIX) || !value.endsWith(SUFFIX)
				|| value.length() < PREFIX.length() + SUFFIX.length()) {
			return value;
		}
		String encoded = value.substring(PREFIX.length(), value.length() - SUFFIX.length());
		if (!CANONICAL.matcher(encoded).matches()) {
			return null;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder()
				.decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)))
				.toString();
		}
		catch (CharacterCodingException | IllegalArgumentException ex) {
			return null;
		}
	}

	private static boolean isVisible(String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c != '\t' && (c < 0x20 || c > 0x7E)) {
				return false;
			}
		}
		return true;
	}

}
