// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcpremote.test.UsedSecrets.Kind;

/**
 * A client's key, with which it proves that a token is its own.
 *
 * @param key the key pair
 * @param algorithm the algorithm it is used with
 */
public record ProofKey(JWK key, JWSAlgorithm algorithm) {

	public static ProofKey create() {
		try {
			ECKey made = new ECKeyGenerator(Curve.P_256).generate();
			UsedSecrets.add(Kind.PRIVATE_KEY, made.getD().toString());
			return new ProofKey(made, JWSAlgorithm.ES256);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The claim of tokens that are bound to this key.
	 */
	public Map<String, Object> confirmation() {
		return Map.of("jkt", thumbprint());
	}

	public String thumbprint() {
		try {
			return this.key.computeThumbprint().toString();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public String proof(String method, String uri, String token) {
		return proof(method, uri, token, (claims) -> {
		});
	}

	public String proof(String method, String uri, String token, Consumer<JWTClaimsSet.Builder> changes) {
		return sign(new JWSHeader.Builder(this.algorithm).type(new JOSEObjectType("dpop+jwt"))
			.jwk(this.key.toPublicJWK())
			.build(), claims(method, uri, token, changes));
	}

	/**
	 * Sign claims under whatever header.
	 */
	public String sign(JWSHeader header, JWTClaimsSet claims) {
		try {
			JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(this.key, header.getAlgorithm());
			SignedJWT proof = new SignedJWT(header, claims);
			proof.sign(signer);
			return UsedSecrets.add(Kind.PROOF, proof.serialize());
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a proof says unless changed.
	 */
	public static JWTClaimsSet claims(String method, String uri, String token, Consumer<JWTClaimsSet.Builder> changes) {
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().jwtID(UUID.randomUUID().toString())
			.claim("htm", method)
			.claim("htu", uri)
			.claim("ath", hash(token))
			.issueTime(Date.from(Instant.now()));
		changes.accept(claims);
		return claims.build();
	}

	private static String hash(String token) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
