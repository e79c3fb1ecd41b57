// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Digests parsed JSON, so that the same is told from the other without keeping either.
 *
 * @since 0.1.0
 */
public final class JsonDigest {

	private JsonDigest() {
	}

	/**
	 * Return a digest that is the same for equal JSON, whatever the order of members.
	 * Numbers are equal if they are written alike: {@code 1} is not {@code 1.0}.
	 * @param json maps, lists and what else JSON is parsed to
	 * @return the SHA-256 digest in hexadecimal digits
	 */
	public static String of(@Nullable Object json) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			add(digest, json);
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void add(MessageDigest digest, @Nullable Object json) {
		if (json instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> sorted = new TreeMap<>();
			map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
			add(digest, 'o', Integer.toString(sorted.size()));
			sorted.forEach((key, value) -> {
				add(digest, 'k', key);
				add(digest, value);
			});
		}
		else if (json instanceof List<?> list) {
			add(digest, 'a', Integer.toString(list.size()));
			list.forEach((element) -> add(digest, element));
		}
		else if (json instanceof String text) {
			add(digest, 's', text);
		}
		else {
			// A number, a truth value, or nothing
			add(digest, 'v', String.valueOf(json));
		}
	}

	/**
	 * Kind and length keep values that look alike, or run into each other, apart.
	 */
	private static void add(MessageDigest digest, char kind, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		digest.update((kind + Integer.toString(bytes.length) + ':').getBytes(StandardCharsets.US_ASCII));
		digest.update(bytes);
	}

}
