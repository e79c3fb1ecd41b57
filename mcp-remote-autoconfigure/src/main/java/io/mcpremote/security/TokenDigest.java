// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

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
		return new TokenDigest(Sha256.digest(token));
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
