// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.security.Key;
import java.text.ParseException;
import java.util.Collection;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

/**
 * A proof of possession as a client has sent it (RFC 9449).
 */
final class DpopProof {

	private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");

	private static final int MAX_LENGTH = 8192;

	private static final int MIN_RSA_BITS = 2048;

	private static final DefaultJWSVerifierFactory VERIFIERS = new DefaultJWSVerifierFactory();

	private final SignedJWT jwt;

	private final JWK key;

	private DpopProof(SignedJWT jwt, JWK key) {
		this.jwt = jwt;
		this.key = key;
	}

	/**
	 * Read a proof, without believing any of it.
	 * @throws BadTokenException if it is none
	 */
	static DpopProof read(String text, Collection<String> algorithms) {
		if (text.length() > MAX_LENGTH) {
			throw new BadTokenException(TokenFault.PROOF);
		}
		try {
			SignedJWT jwt = SignedJWT.parse(text);
			JWK key = jwt.getHeader().getJWK();
			if (!TYPE.equals(jwt.getHeader().getType()) || key == null || key.isPrivate()
					|| !algorithms.contains(jwt.getHeader().getAlgorithm().getName())) {
				throw new BadTokenException(TokenFault.PROOF);
			}
			return new DpopProof(jwt, key);
		}
		catch (ParseException | IllegalArgumentException | IllegalStateException ex) {
			throw new BadTokenException(TokenFault.PROOF, ex);
		}
	}

	/**
	 * Check that the proof was made with a key, and return what it says.
	 * @param thumbprint the thumbprint of the key
	 * @throws BadTokenException if it was made with another one
	 */
	Claims claims(String thumbprint) {
		try {
			// First, so that a key that somebody brings along costs no signature
			if (!this.key.computeThumbprint().toString().equals(thumbprint)) {
				throw new BadTokenException(TokenFault.KEY);
			}
			if (!this.jwt.verify(VERIFIERS.createJWSVerifier(this.jwt.getHeader(), publicKey()))) {
				throw new BadTokenException(TokenFault.PROOF);
			}
			return new Claims(this.jwt.getJWTClaimsSet());
		}
		catch (JOSEException | ParseException | IllegalArgumentException | IllegalStateException ex) {
			throw new BadTokenException(TokenFault.PROOF, ex);
		}
	}

	private Key publicKey() throws JOSEException {
		if (this.key instanceof ECKey ec) {
			return ec.toECPublicKey();
		}
		if (this.key instanceof RSAKey rsa && rsa.size() >= MIN_RSA_BITS) {
			return rsa.toRSAPublicKey();
		}
		throw new BadTokenException(TokenFault.PROOF);
	}

	/**
	 * What a proof says.
	 *
	 * @param set all of it
	 */
	record Claims(JWTClaimsSet set) {

		@Nullable String text(String name) throws BadTokenException {
			return (this.set.getClaim(name) instanceof String text && !text.isEmpty()) ? text : null;
		}

		@Nullable Date issued() {
			return this.set.getIssueTime();
		}

	}

}
