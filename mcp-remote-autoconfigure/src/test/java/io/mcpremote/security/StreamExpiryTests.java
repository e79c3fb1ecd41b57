// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was opened with a token does not outlive it.
 */
class StreamExpiryTests {

	private static TestIssuer issuer;

	private static RunningServer server;

	@BeforeAll
	static void start() {
		issuer = new TestIssuer();
		List<String> properties = new ArrayList<>(issuer.properties());
		properties.addAll(List.of("mcp.remote.sessions.enabled=true", "mcp.remote.security.clock-skew=0s",
				"mcp.remote.security.memory.faults-per-minute=100000"));
		server = RunningServer.secured(properties, Tools.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		issuer.close();
	}

	@Test
	void streamsWhenTokenExpiresThenEnd() {
		String lasting = issuer.token(resource(), "alice");
		String session = initialize(lasting);
		String brief = issuer.token(resource(), "alice",
				(claims) -> claims.expirationTime(Date.from(Instant.now().plus(Duration.ofSeconds(4)))));
		try (LiveExchange legacy = get(brief, session); LiveExchange modern = listen(brief)) {
			assertThat(legacy.status()).isEqualTo(200);
			modern.message("notifications/subscriptions/acknowledged");
			assertThat(legacy.rest()).isEmpty();
			assertThat(modern.rest()).isEmpty();
			HttpResponse<String> response = call(brief);
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.headers().firstValue("WWW-Authenticate"))
				.hasValueSatisfying((challenge) -> assertThat(challenge).contains("it has expired"));
			// The session is still there for the next token
			assertThat(ping(lasting, session).statusCode()).isEqualTo(200);
		}
	}

	private static HttpResponse<String> call(String token) {
		ModernRequest request = ModernRequest.callTool("ping", Map.of()).header("Authorization", "Bearer " + token);
		return server.modern(request);
	}

	private static String initialize(String token) {
		HttpResponse<String> response = server.post("""
				{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
				"capabilities":{},"clientInfo":{"name":"test-client","version":"1"}}}""", "Authorization",
				"Bearer " + token);
		return response.headers().firstValue("Mcp-Session-Id").orElseThrow();
	}

	private static HttpResponse<String> ping(String token, String session) {
		HttpRequest.Builder request = server.request("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
		return server.send(request.headers("Authorization", "Bearer " + token, "Mcp-Session-Id", session).build());
	}

	private static LiveExchange get(String token, String session) {
		return LiveExchange.open(server, "GET", "", "Authorization", "Bearer " + token, "Mcp-Session-Id", session,
				"Accept", "text/event-stream");
	}

	private static LiveExchange listen(String token) {
		ModernRequest request = ModernRequest.of("subscriptions/listen")
			.param("notifications", Map.of("toolsListChanged", true));
		String[] headers = Stream.concat(Stream.of(request.headers()), Stream.of("Authorization", "Bearer " + token))
			.toArray(String[]::new);
		return LiveExchange.open(server, "POST", request.body(), headers);
	}

	private static String resource() {
		return "http://localhost:" + server.port() + "/mcp";
	}

	static class Tools {

		@McpTool(name = "ping", description = "Answers")
		String ping() {
			return "pong";
		}

	}

}
