// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.text.ParseException;
import java.util.Map;

import com.nimbusds.jwt.JWTParser;

/**
 * Verifies access tokens of several issuers, each by rules and keys of its own.
 */
final class IssuerTokenVerifier implements TokenVerifier {

	private final Map<String, TokenVerifier> byIssuer;

	IssuerTokenVerifier(Map<String, TokenVerifier> byIssuer) {
		this.byIssuer = Map.copyOf(byIssuer);
	}

	@Override
	public boolean supports(String token) {
		return this.byIssuer.values().iterator().next().supports(token);
	}

	@Override
	public VerifiedToken verify(String token) {
		// Not to be believed yet: it only says whose keys to try
		TokenVerifier verifier = this.byIssuer.get(claimedIssuer(token));
		if (verifier == null) {
			throw new BadTokenException(TokenFault.ISSUER);
		}
		return verifier.verify(token);
	}

	private static String claimedIssuer(String token) {
		try {
			String issuer = JWTParser.parse(token).getJWTClaimsSet().getIssuer();
			return (issuer != null) ? issuer : "";
		}
		catch (ParseException | RuntimeException ex) {
			throw new BadTokenException(TokenFault.MALFORMED, ex);
		}
	}

}
