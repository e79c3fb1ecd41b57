// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Verifies tokens by asking the authorization server about them.
 */
final class OpaqueTokenVerifier implements TokenVerifier {

	/**
	 * For how long a token is good of which the authorization server does not say.
	 */
	private static final Duration UNKNOWN_LIFE = Duration.ofMinutes(5);

	private final OpaqueTokenIntrospector introspector;

	private final Supplier<? extends Collection<String>> audiences;

	private final Clock clock;

	OpaqueTokenVerifier(OpaqueTokenIntrospector introspector, Supplier<? extends Collection<String>> audiences,
			Clock clock) {
		this.introspector = introspector;
		this.audiences = audiences;
		this.clock = clock;
	}

	@Override
	public boolean supports(String token) {
		return true;
	}

	@Override
	public VerifiedToken verify(String token) {
		OAuth2AuthenticatedPrincipal principal = introspect(token);
		Map<String, Object> claims = principal.getAttributes();
		Object audience = claims.get("aud");
		List<?> named = (audience instanceof List<?> list) ? list : (audience != null) ? List.of(audience) : List.of();
		if (Collections.disjoint(named, this.audiences.get())) {
			throw new BadTokenException(TokenFault.AUDIENCE);
		}
		Instant now = this.clock.instant();
		Instant expires = (claims.get("exp") instanceof Instant instant) ? instant : now.plus(UNKNOWN_LIFE);
		if (!now.isBefore(expires)) {
			throw new BadTokenException(TokenFault.EXPIRED);
		}
		String clientId = text(claims.get("client_id"));
		String subject = (text(claims.get("sub")) != null) ? text(claims.get("sub")) : clientId;
		if (subject == null) {
			throw new BadTokenException(TokenFault.MALFORMED);
		}
		OAuth2AccessToken accessToken = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token,
				(claims.get("iat") instanceof Instant issued && issued.isBefore(expires)) ? issued : null, expires);
		return new VerifiedToken(new BearerTokenAuthentication(principal, accessToken, principal.getAuthorities()),
				subject, text(claims.get("iss")), clientId, expires, thumbprint(claims.get("cnf")),
				text(claims.get("jti")), (claims.get("iat") instanceof Instant issued) ? issued : null);
	}

	private OAuth2AuthenticatedPrincipal introspect(String token) {
		try {
			return this.introspector.introspect(token);
		}
		catch (BadOpaqueTokenException ex) {
			throw new BadTokenException(TokenFault.INACTIVE, ex);
		}
		catch (OAuth2IntrospectionException ex) {
			throw new AuthenticationServiceException("The authorization server cannot be asked about a token", ex);
		}
	}

	private static @Nullable String thumbprint(@Nullable Object confirmation) {
		if (confirmation == null) {
			return null;
		}
		return (confirmation instanceof Map<?, ?> map && map.get("jkt") instanceof String thumbprint) ? thumbprint : "";
	}

	private static @Nullable String text(@Nullable Object claim) {
		return (claim != null && !claim.toString().isEmpty()) ? claim.toString() : null;
	}

}
