// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/**
 * Writes access tokens of many callers, all of one length, and the key that verifies
 * them.
 */
final class Tokens {

	private static final int CALLERS = 1000;

	private Tokens() {
	}

	static void issue(Path directory) throws IOException, JOSEException {
		RSAKey key = new RSAKeyGenerator(2048).keyID("benchmark").generate();
		Files.writeString(directory.resolve("key.pem"),
				"-----BEGIN PUBLIC KEY-----\n"
						+ Base64.getMimeEncoder().encodeToString(key.toRSAPublicKey().getEncoded())
						+ "\n-----END PUBLIC KEY-----\n");
		List<String> tokens = new ArrayList<>();
		Instant now = Instant.now();
		for (int i = 0; i < CALLERS; i++) {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
					new JWTClaimsSet.Builder().issuer("https://issuer.example")
						.subject(String.format(Locale.ROOT, "caller-%04d", i))
						.audience("benchmark")
						.claim("client_id", "benchmark")
						.claim("scope", "read:things write:things")
						.jwtID(UUID.randomUUID().toString())
						.issueTime(Date.from(now))
						.expirationTime(Date.from(now.plus(Duration.ofHours(2))))
						.build());
			token.sign(new RSASSASigner(key));
			tokens.add(token.serialize());
		}
		Files.write(directory.resolve("tokens.txt"), tokens);
	}

}
