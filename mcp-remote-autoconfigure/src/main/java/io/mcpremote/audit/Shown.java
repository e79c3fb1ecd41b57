// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import org.jspecify.annotations.Nullable;

/**
 * Makes what comes from outside fit for the record: short, printable, nothing secret.
 */
final class Shown {

	static final int MAX_NAME = 128;

	static final int MAX_SUBJECT = 256;

	static final int MAX_URI = 1024;

	private Shown() {
	}

	/**
	 * Return a name that a client has made up.
	 */
	static @Nullable String untrusted(@Nullable String text, int max) {
		return (text != null) ? printable(SecretText.of(text, max)) : null;
	}

	/**
	 * Return a name that somebody else vouches for.
	 */
	static @Nullable String trusted(@Nullable String text) {
		if (text == null) {
			return null;
		}
		return printable((text.length() <= MAX_SUBJECT) ? text : text.substring(0, MAX_SUBJECT) + "\u2026");
	}

	private static String printable(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isISOControl(text.charAt(i))) {
				return text.codePoints()
					.filter((c) -> !Character.isISOControl(c))
					.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
					.toString();
			}
		}
		return text;
	}

}
