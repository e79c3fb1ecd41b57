// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Issues access tokens and publishes its keys.
 */
public final class Issuer {

	private final HttpServer server;

	private final RSAKey key;

	/**
	 * Start an issuer, which lives as long as the process.
	 */
	public Issuer() {
		try {
			this.key = new RSAKeyGenerator(2048).keyID("one").generate();
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException | JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.createContext("/keys",
				(exchange) -> answer(exchange, new JWKSet(this.key.toPublicJWK()).toString()));
		this.server.createContext("/.well-known/openid-configuration",
				(exchange) -> answer(exchange, "{\"issuer\":\"" + uri() + "\",\"jwks_uri\":\"" + uri() + "/keys\"}"));
		this.server.start();
	}

	/**
	 * Return what tokens name as their issuer.
	 * @return the URL
	 */
	public String uri() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	/**
	 * Issue a token.
	 * @param resource what it is for
	 * @param subject whose it is
	 * @param scopes what it allows
	 * @return the token
	 */
	public String token(String resource, String subject, String... scopes) {
		Instant now = Instant.now();
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
				new JWTClaimsSet.Builder().issuer(uri())
					.subject(subject)
					.audience(resource)
					.claim("client_id", "client")
					.claim("scope", String.join(" ", scopes))
					.issueTime(Date.from(now))
					.expirationTime(Date.from(now.plusSeconds(300)))
					.build());
		try {
			token.sign(new RSASSASigner(this.key));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return token.serialize();
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

}
