// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpremote.test.UsedSecrets.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of access tokens over real HTTP that can be made to do everything a real one
 * would not do on purpose: fail, vanish, and sign what it likes.
 */
public final class TestIssuer implements AutoCloseable {

	private final HttpServer server;

	private final Map<String, Map<String, Object>> introspected = new ConcurrentHashMap<>();

	private final AtomicInteger keyRequests = new AtomicInteger();

	private final AtomicInteger introspections = new AtomicInteger();

	private volatile RSAKey key = key("k1");

	private final AtomicInteger asking = new AtomicInteger();

	private final AtomicInteger mostAsking = new AtomicInteger();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private volatile CountDownLatch silence = new CountDownLatch(0);

	private volatile @Nullable String answer;

	private volatile int status = 200;

	public TestIssuer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.createContext("/keys", (exchange) -> {
			this.keyRequests.incrementAndGet();
			answer(exchange, new JWKSet(this.key.toPublicJWK()).toString());
		});
		this.server.createContext("/.well-known/openid-configuration",
				(exchange) -> answer(exchange, "{\"issuer\":\"" + uri() + "\",\"jwks_uri\":\"" + uri() + "/keys\"}"));
		this.server.createContext("/introspect", this::introspect);
		this.server.setExecutor(this.executor);
		this.server.start();
	}

	public String uri() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	/**
	 * Return the properties with which an application trusts this issuer.
	 */
	public List<String> properties() {
		return List.of("spring.security.oauth2.resourceserver.jwt.issuer-uri=" + uri());
	}

	public RSAKey publicKey() {
		return this.key;
	}

	public int keyRequests() {
		return this.keyRequests.get();
	}

	public int introspections() {
		return this.introspections.get();
	}

	/**
	 * Answer every request with this status from now on.
	 */
	public void failWith(int newStatus) {
		this.status = newStatus;
	}

	/**
	 * Answer every request with this text from now on.
	 */
	public void answerWith(String text) {
		this.answer = text;
	}

	/**
	 * Take requests from now on and answer none.
	 */
	public void fallSilent() {
		this.silence = new CountDownLatch(1);
	}

	/**
	 * Return how many requests there have been at the same time.
	 */
	public int mostRequestsAtOnce() {
		return this.mostAsking.get();
	}

	/**
	 * Use another key from now on.
	 */
	public void rotate(String id) {
		this.key = key(id);
	}

	/**
	 * Sign a token for a resource, good for five minutes unless changed.
	 */
	public String token(String resource, String subject, Consumer<JWTClaimsSet.Builder> changes) {
		return token(this.key, JOSEObjectType.JWT, resource, subject, changes);
	}

	public String token(String resource, String subject, String... scopes) {
		return token(resource, subject, (claims) -> claims.claim("scope", String.join(" ", scopes)));
	}

	public String token(RSAKey signer, JOSEObjectType type, String resource, String subject,
			Consumer<JWTClaimsSet.Builder> changes) {
		Instant now = Instant.now();
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(uri())
			.subject(subject)
			.audience(resource)
			.claim("client_id", "test-client")
			.issueTime(Date.from(now))
			.expirationTime(Date.from(now.plusSeconds(300)));
		changes.accept(claims);
		SignedJWT token = new SignedJWT(
				new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(signer.getKeyID()).type(type).build(), claims.build());
		try {
			token.sign(new RSASSASigner(signer));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return UsedSecrets.add(Kind.ACCESS_TOKEN, token.serialize());
	}

	/**
	 * Make an opaque token active.
	 */
	public void activate(String token, Map<String, Object> claims) {
		UsedSecrets.found(Kind.OPAQUE_TOKEN, token);
		this.introspected.put(token, claims);
	}

	public void deactivate(String token) {
		this.introspected.remove(token);
	}

	public static RSAKey key(String id) {
		try {
			RSAKey made = new RSAKeyGenerator(2048).keyID(id).generate();
			for (Base64URL secret : List.of(made.getPrivateExponent(), made.getFirstPrimeFactor(),
					made.getSecondPrimeFactor())) {
				UsedSecrets.add(Kind.PRIVATE_KEY, secret.toString());
			}
			return made;
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void introspect(HttpExchange exchange) throws IOException {
		this.introspections.incrementAndGet();
		String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		String token = form.replaceFirst(".*token=([^&]*).*", "$1");
		Map<String, Object> claims = this.introspected.get(token);
		answer(exchange, (claims != null) ? RunningServer.write(claims) : "{\"active\":false}");
	}

	private void answer(HttpExchange exchange, String json) throws IOException {
		this.mostAsking.accumulateAndGet(this.asking.incrementAndGet(), Math::max);
		try {
			this.silence.await();
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		finally {
			this.asking.decrementAndGet();
		}
		String text = this.answer;
		byte[] body = ((text != null) ? text : json).getBytes(StandardCharsets.UTF_8);
		boolean failing = !Set.of(200).contains(this.status);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(this.status, (failing) ? -1 : body.length);
		if (!failing) {
			exchange.getResponseBody().write(body);
		}
		exchange.close();
	}

	@Override
	public void close() {
		this.silence.countDown();
		this.server.stop(0);
		this.executor.shutdownNow();
	}

}
