// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Stands for a token where the token itself must not be kept.
 */
final class TokenDigest {

	private final byte[] bytes;

	private TokenDigest(byte[] bytes) {
		this.bytes = bytes;
	}

	static TokenDigest of(String token) {
		try {
			return new TokenDigest(
					MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.ISO_8859_1)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof TokenDigest digest && Arrays.equals(this.bytes, digest.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	@Override
	public String toString() {
		return "******";
	}

}
