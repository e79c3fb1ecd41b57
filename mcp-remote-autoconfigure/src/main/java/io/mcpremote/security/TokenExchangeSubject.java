// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Map;

import io.mcpremote.call.Caller;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

/**
 * On whose behalf a service is called.
 *
 * @param caller the key of the caller
 * @param token the caller's token
 */
record TokenExchangeSubject(String caller, OAuth2Token token) {

	private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

	static TokenExchangeSubject of(String downstream, @Nullable Authentication authentication) {
		if (authentication == null || !TRUST.isAuthenticated(authentication)) {
			throw new TokenExchangeException("Downstream '" + downstream
					+ "' is called on behalf of nobody: the security context of this thread has no authenticated caller");
		}
		OAuth2Token token = token(authentication);
		if (token == null) {
			throw new TokenExchangeException(
					"Downstream '" + downstream + "' cannot be called on behalf of a caller without an access token ("
							+ authentication.getClass().getSimpleName() + ")");
		}
		TokenClaims claims = new TokenClaims(claims(authentication, token));
		Caller caller = new Caller(authentication.getName(), claims.issuer(), claims.clientId(), "");
		return new TokenExchangeSubject(caller.ownerKey(), token);
	}

	private static @Nullable OAuth2Token token(Authentication authentication) {
		if (isAccessToken(authentication.getCredentials())) {
			return (OAuth2Token) authentication.getCredentials();
		}
		return isAccessToken(authentication.getPrincipal()) ? (OAuth2Token) authentication.getPrincipal() : null;
	}

	private static boolean isAccessToken(@Nullable Object candidate) {
		return candidate instanceof OAuth2Token && !(candidate instanceof OidcIdToken);
	}

	private static Map<String, Object> claims(Authentication authentication, OAuth2Token token) {
		if (token instanceof ClaimAccessor claims) {
			return claims.getClaims();
		}
		return (authentication.getPrincipal() instanceof OAuth2AuthenticatedPrincipal principal)
				? principal.getAttributes() : Map.of();
	}

	@Override
	public String toString() {
		return "TokenExchangeSubject[caller=" + this.caller + "]";
	}

}
