// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Arrays;

/**
 * Stands for a token where the token itself must not be kept. What is signed and the
 * signature stand side by side: a signature can be replaced by another good one of the
 * same content, which is then another token but says the same.
 */
final class TokenDigest {

	private static final byte[] NOTHING = {};

	private final byte[] content;

	private final byte[] signature;

	private TokenDigest(byte[] content, byte[] signature) {
		this.content = content;
		this.signature = signature;
	}

	static TokenDigest of(String token) {
		int end = JwtForm.contentEnd(token);
		return (end < 0) ? new TokenDigest(Sha256.digest(token), NOTHING)
				: new TokenDigest(Sha256.digest(token.substring(0, end)), Sha256.digest(token.substring(end)));
	}

	/**
	 * Return what is the same for all tokens with the same content, however they are
	 * signed. Enough to refuse them, not to accept one.
	 */
	TokenDigest content() {
		return new TokenDigest(this.content, NOTHING);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof TokenDigest digest && Arrays.equals(this.content, digest.content)
				&& Arrays.equals(this.signature, digest.signature);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(this.content) + Arrays.hashCode(this.signature);
	}

	@Override
	public String toString() {
		return "******";
	}

}
