// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.mcpremote.test.UsedSecrets;
import io.mcpremote.test.UsedSecrets.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Some HTTP server that remembers what it was sent.
 */
final class TokenExchangeService implements AutoCloseable {

	final List<Received> received = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	TokenExchangeService(Function<Received, Answer> answers) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", (exchange) -> {
			Headers headers = exchange.getRequestHeaders();
			Received request = new Received(exchange.getRequestURI().getPath(), headers.getFirst("Authorization"),
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			if (request.authorization() != null) {
				UsedSecrets.sent("Authorization", request.authorization());
			}
			this.received.add(request);
			Answer answer = answers.apply(request);
			answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
			byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(answer.status(), (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.server.start();
	}

	static TokenExchangeService answering(Answer answer) {
		return new TokenExchangeService((request) -> answer);
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + path);
	}

	/**
	 * Return the bearer token of each request.
	 */
	List<String> tokens() {
		return this.received.stream().map((request) -> request.authorization().substring("Bearer ".length())).toList();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	record Received(String path, @Nullable String authorization, String body) {

	}

	record Answer(int status, Map<String, String> headers, String body) {

		static Answer ok(String body) {
			return new Answer(200, Map.of("Content-Type", "text/plain"), body);
		}

		static Answer status(int status) {
			return new Answer(status, Map.of(), "");
		}

		static Answer json(int status, String body) {
			return new Answer(status, Map.of("Content-Type", "application/json"), body);
		}

		static Answer redirect(URI location) {
			return new Answer(307, Map.of("Location", location.toString()), "");
		}

		/**
		 * Answer as a token endpoint.
		 */
		static Answer token(String value, int lifetime) {
			UsedSecrets.found(Kind.OPAQUE_TOKEN, value);
			return json(200,
					"""
							{"access_token":"%s","token_type":"Bearer","expires_in":%d,"issued_token_type":"urn:ietf:params:oauth:token-type:access_token"}"""
						.formatted(value, lifetime));
		}

	}

}
