// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/**
 * A key that a client has its tokens bound to (RFC 9449).
 */
final class ClientKey {

	private final ECKey key;

	ClientKey() {
		try {
			this.key = new ECKeyGenerator(Curve.P_256).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return a token that is bound to this key.
	 */
	String token(String resource, String... scopes) {
		return AuthorizationServer.accessToken(AuthorizationServer.token(
				Map.of("grant_type", "client_credentials", "scope", String.join(" ", scopes), "resource", resource),
				"DPoP", proof("POST", AuthorizationServer.uri() + "/oauth2/token", null)));
	}

	/**
	 * Prove for one request that this key is at hand.
	 */
	String proof(String method, String uri, String token) {
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().jwtID(UUID.randomUUID().toString())
			.claim("htm", method)
			.claim("htu", uri)
			.issueTime(Date.from(Instant.now()));
		if (token != null) {
			claims.claim("ath", hash(token));
		}
		SignedJWT proof = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("dpop+jwt"))
			.jwk(this.key.toPublicJWK())
			.build(), claims.build());
		try {
			proof.sign(new ECDSASigner(this.key));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return proof.serialize();
	}

	private static String hash(String token) {
		try {
			return Base64URL
				.encode(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)))
				.toString();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
