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
		if (JwtForm.contentEnd(token) > 0 && !JwtForm.isSignatureCanonical(token)) {
			throw new BadTokenException(TokenFault.MALFORMED);
		}
		OAuth2AuthenticatedPrincipal principal = introspect(token);
		Map<String, Object> attributes = principal.getAttributes();
		Object audience = attributes.get("aud");
		List<?> named = (audience instanceof List<?> list) ? list : (audience != null) ? List.of(audience) : List.of();
		if (Collections.disjoint(named, this.audiences.get())) {
			throw new BadTokenException(TokenFault.AUDIENCE);
		}
		Instant now = this.clock.instant();
		Instant expires = (attributes.get("exp") instanceof Instant instant) ? instant : now.plus(UNKNOWN_LIFE);
		if (!now.isBefore(expires)) {
			throw new BadTokenException(TokenFault.EXPIRED);
		}
		TokenClaims claims = new TokenClaims(attributes);
		String subject = claims.subject();
		if (subject == null) {
			throw new BadTokenException(TokenFault.MALFORMED);
		}
		Instant issued = (attributes.get("iat") instanceof Instant instant) ? instant : null;
		OAuth2AccessToken accessToken = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token,
				(issued != null && issued.isBefore(expires)) ? issued : null, expires);
		return new VerifiedToken(new BearerTokenAuthentication(principal, accessToken, principal.getAuthorities()),
				subject, claims.issuer(), claims.clientId(), expires, claims.keyThumbprint(), claims.id(), issued);
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

}
