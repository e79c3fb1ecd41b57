// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * Reads of a token's claims whose it is, in the same way whatever kind of token it is.
 *
 * @param claims the claims
 */
record TokenClaims(Map<String, Object> claims) {

	/**
	 * Return who calls. A client that acts for itself may have no subject.
	 */
	@Nullable String subject() {
		String subject = text("sub");
		return (subject != null) ? subject : clientId();
	}

	@Nullable String clientId() {
		String clientId = text("client_id");
		return (clientId != null) ? clientId : text("azp");
	}

	@Nullable String issuer() {
		return text("iss");
	}

	@Nullable String id() {
		return text("jti");
	}

	/**
	 * Return the key that the token is bound to. A binding of another kind cannot be
	 * satisfied, and is not the same as none.
	 * @return the thumbprint of the key, empty if the token is bound to something else,
	 * {@code null} if to nothing
	 */
	@Nullable String keyThumbprint() {
		Object confirmation = this.claims.get("cnf");
		if (confirmation == null) {
			return null;
		}
		return (confirmation instanceof Map<?, ?> map && map.get("jkt") instanceof String thumbprint) ? thumbprint : "";
	}

	/**
	 * Read a claim of an authenticated caller.
	 * @return its text, {@code null} if there is none
	 */
	static @Nullable String text(Authentication authentication, String name) {
		Map<String, Object> claims = Map.of();
		if (authentication.getCredentials() instanceof ClaimAccessor token) {
			claims = token.getClaims();
		}
		else if (authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal principal) {
			claims = principal.getAttributes();
		}
		return new TokenClaims(claims).text(name);
	}

	private @Nullable String text(String name) {
		Object claim = this.claims.get(name);
		return (claim != null && !claim.toString().isEmpty()) ? claim.toString() : null;
	}

	@Override
	public String toString() {
		return "TokenClaims" + this.claims.keySet();
	}

}
