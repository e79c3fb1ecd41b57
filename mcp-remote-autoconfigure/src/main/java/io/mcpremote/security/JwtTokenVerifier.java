// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Instant;

import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import io.mcpremote.security.IssuerKeys.UnavailableException;
import io.mcpremote.security.IssuerKeys.UnknownKeyException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Verifies access tokens that are signed JWTs.
 */
final class JwtTokenVerifier implements TokenVerifier {

	private final JwtDecoder decoder;

	private final JwtRules rules;

	private final Converter<Jwt, ? extends AbstractAuthenticationToken> converter;

	/**
	 * Create a verifier.
	 * @param decoder verifies signatures, and may have rules of its own
	 * @param rules what must be true whatever the decoder thinks
	 * @param converter makes authorities of claims
	 */
	JwtTokenVerifier(JwtDecoder decoder, JwtRules rules,
			Converter<Jwt, ? extends AbstractAuthenticationToken> converter) {
		this.decoder = decoder;
		this.rules = rules;
		this.converter = converter;
	}

	@Override
	public boolean supports(String token) {
		return JwtForm.hasThreeParts(token);
	}

	@Override
	public VerifiedToken verify(String token) {
		if (!JwtForm.isSignatureCanonical(token)) {
			throw new BadTokenException(TokenFault.SIGNATURE);
		}
		Jwt jwt = decode(token);
		TokenFault fault = this.rules.fault(jwt);
		if (fault != null) {
			throw new BadTokenException(fault);
		}
		AbstractAuthenticationToken authentication = this.converter.convert(jwt);
		Instant expires = jwt.getExpiresAt();
		if (authentication == null || expires == null) {
			throw new BadTokenException(TokenFault.MALFORMED);
		}
		TokenClaims claims = new TokenClaims(jwt.getClaims());
		String subject = claims.subject();
		if (subject == null) {
			throw new BadTokenException(TokenFault.MALFORMED);
		}
		return new VerifiedToken(authentication, subject, claims.issuer(), claims.clientId(), expires,
				claims.keyThumbprint(), claims.id(), issued(jwt, expires));
	}

	private Jwt decode(String token) {
		try {
			return this.decoder.decode(token);
		}
		catch (JwtValidationException ex) {
			// A rule of the application's own
			throw new BadTokenException(TokenFault.CLAIM, ex);
		}
		catch (BadJwtException ex) {
			throw new BadTokenException(TokenFault.SIGNATURE, ex);
		}
		catch (JwtException ex) {
			// Keys are asked for again, but not for every token with an unknown one
			if (ex.getCause() instanceof UnknownKeyException || ex.getCause() instanceof RateLimitReachedException) {
				throw new BadTokenException(TokenFault.SIGNING_KEY, ex);
			}
			if (ex.getCause() instanceof UnavailableException) {
				throw new VerifierUnavailableException("The keys of the issuer cannot be read");
			}
			throw new AuthenticationServiceException("The keys of the issuer cannot be read", ex);
		}
	}

	/**
	 * Return when a token was issued. Of one that does not say, Spring Security has it
	 * that this was a second before it expires.
	 */
	private static @Nullable Instant issued(Jwt jwt, Instant expires) {
		Instant issued = jwt.getIssuedAt();
		return (expires.minusSeconds(1).equals(issued)) ? null : issued;
	}

}
