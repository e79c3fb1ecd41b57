// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * How keys are written: {@code mcpk_<id>_<secret>}. No character ends a word, so that a
 * double click selects the whole key, and the prefix lets scanners find keys that have
 * leaked.
 */
final class ApiKeyFormat {

	private static final String PREFIX = "mcpk_";

	private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	private static final int ID_LENGTH = 12;

	/**
	 * As many letters of this alphabet as have more than 2^256 values.
	 */
	private static final int SECRET_LENGTH = 43;

	private ApiKeyFormat() {
	}

	static String newId(RandomGenerator random) {
		return random(random, ID_LENGTH);
	}

	static String newKey(String id, RandomGenerator random) {
		return PREFIX + id + "_" + random(random, SECRET_LENGTH);
	}

	static boolean isKey(String token) {
		return token.startsWith(PREFIX);
	}

	/**
	 * Return the id of a key.
	 * @return the id, {@code null} if the key is malformed
	 */
	static @Nullable String id(String key) {
		int end = key.length() - SECRET_LENGTH - 1;
		if (!isKey(key) || end < PREFIX.length() || key.charAt(end) != '_') {
			return null;
		}
		for (int i = end + 1; i < key.length(); i++) {
			if (ALPHABET.indexOf(key.charAt(i)) < 0) {
				return null;
			}
		}
		String id = key.substring(PREFIX.length(), end);
		return (ApiKeyRules.id(id) == null) ? id : null;
	}

	/**
	 * Return what is kept of a key. It is the whole key and not its secret alone, so that
	 * a digest cannot be put under another id. A fast digest is enough: slow ones protect
	 * passwords, which can be guessed, and no one guesses 256 random bits.
	 */
	static byte[] digest(String key) {
		return Sha256.digest(key);
	}

	private static String random(RandomGenerator random, int length) {
		StringBuilder text = new StringBuilder(length);
		for (int i = 0; i < length; i++) {
			text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
		}
		return text.toString();
	}

}
