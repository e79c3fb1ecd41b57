// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * What a token stands for once it has been verified.
 *
 * @param authentication who calls and with which authorities
 * @param subject the name of the caller, unique for the issuer
 * @param issuer who vouches for the caller
 * @param clientId the OAuth client that acts for the caller
 * @param expires when the token expires
 * @param keyThumbprint the key that the token is bound to, {@code null} if whoever has it
 * may use it
 * @param id the token's identifier, {@code null} if it has none
 * @param issued when the token was issued, {@code null} if that is not known
 */
record VerifiedToken(Authentication authentication, String subject, @Nullable String issuer, @Nullable String clientId,
		Instant expires, @Nullable String keyThumbprint, @Nullable String id, @Nullable Instant issued) {

	VerifiedToken(Authentication authentication, String subject, @Nullable String issuer, @Nullable String clientId,
			Instant expires, @Nullable String keyThumbprint) {
		this(authentication, subject, issuer, clientId, expires, keyThumbprint, null, null);
	}

	@Override
	public String toString() {
		return "VerifiedToken[subject=" + this.subject + ", issuer=" + this.issuer + ", clientId=" + this.clientId
				+ ", expires=" + this.expires + "]";
	}

}
