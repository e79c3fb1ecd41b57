// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.mcpremote.notify.NotificationHub;
import io.mcpremote.notify.ServerEvent;
import io.mcpremote.notify.ServerEvent.Kind;
import io.mcpremote.test.Concurrently;
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
 * Whatever is taken back is of no use from that moment on, nor is what was opened with
 * it.
 */
class RevocationTests {

	private static TestIssuer issuer;

	private static RunningServer server;

	private static Revocations revocations;

	@BeforeAll
	static void start() {
		issuer = new TestIssuer();
		List<String> properties = new ArrayList<>(issuer.properties());
		properties.addAll(List.of("mcp.remote.sessions.enabled=true", "mcp.remote.security.clock-skew=0s",
				"mcp.remote.security.memory.faults-per-minute=100000"));
		server = RunningServer.secured(properties, Tools.class);
		revocations = server.context().getBean(Revocations.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		issuer.close();
	}

	@Test
	void callWhenTokenIsRevokedThenRefused() {
		String revoked = token("r1", Instant.now());
		String other = token("r1", Instant.now().minusSeconds(1));
		assertThat(call(revoked).statusCode()).isEqualTo(200);
		revocations.revokeToken(revoked);
		HttpResponse<String> response = call(revoked);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("WWW-Authenticate"))
			.hasValueSatisfying((challenge) -> assertThat(challenge).startsWith("Bearer error=\"invalid_token\"")
				.contains("error_description=\"it has been revoked\""));
		assertThat(call(other).statusCode()).isEqualTo(200);
		assertThat(call(revoked).statusCode()).isEqualTo(401);
	}

	@Test
	void callWhenTokenWasNeverSeenThenRefusedAsWell() {
		String revoked = token("r2", Instant.now());
		revocations.revokeToken(revoked);
		assertThat(call(revoked).statusCode()).isEqualTo(401);
	}

	@Test
	void callWhenTokenIdIsRevokedThenRefused() {
		String revoked = issuer.token(resource(), "r3", (claims) -> claims.jwtID("r3-id"));
		assertThat(call(revoked).statusCode()).isEqualTo(200);
		revocations.revokeTokenId(issuer.uri(), "r3-id");
		assertThat(call(revoked).statusCode()).isEqualTo(401);
		assertThat(call(token("r3", Instant.now())).statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenCallerIsRevokedThenOnlyNewTokensAreAccepted() {
		String before = token("r4", Instant.now().minusSeconds(1));
		assertThat(call(before).statusCode()).isEqualTo(200);
		revocations.revokeCaller(issuer.uri(), "r4");
		assertThat(call(before).statusCode()).isEqualTo(401);
		assertThat(call(token("r4", Instant.now().plusSeconds(2))).statusCode()).isEqualTo(200);
		String silent = issuer.token(resource(), "r4", (claims) -> claims.issueTime(null));
		assertThat(call(silent).statusCode()).isEqualTo(401);
		assertThat(call(token("r4-other", Instant.now())).statusCode()).isEqualTo(200);
	}

	@Test
	void sessionWhenCallerIsRevokedThenOverEvenWithNewToken() {
		String token = token("r5", Instant.now().minusSeconds(1));
		String session = initialize(token);
		String otherToken = token("r5-other", Instant.now());
		String otherSession = initialize(otherToken);
		try (LiveExchange stream = get(token, session); LiveExchange other = get(otherToken, otherSession)) {
			assertThat(stream.status()).isEqualTo(200);
			assertThat(other.status()).isEqualTo(200);
			revocations.revokeCaller(issuer.uri(), "r5");
			stream.rest();
			assertThat(ping(token("r5", Instant.now().plusSeconds(2)), session).statusCode()).isEqualTo(404);
			assertThat(ping(otherToken, otherSession).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void streamsWhenTokenIsRevokedThenEndAndOthersGoOn() {
		String revoked = token("r6", Instant.now());
		String other = token("r6", Instant.now().minusSeconds(1));
		String session = initialize(revoked);
		try (LiveExchange legacy = get(revoked, session);
				LiveExchange modern = listen(revoked);
				LiveExchange stays = listen(other)) {
			assertThat(legacy.status()).isEqualTo(200);
			modern.message("notifications/subscriptions/acknowledged");
			stays.message("notifications/subscriptions/acknowledged");
			revocations.revokeToken(revoked);
			assertThat(legacy.rest()).isEmpty();
			assertThat(modern.rest()).isEmpty();
			// It is the token's end, not the session's
			assertThat(ping(other, session).statusCode()).isEqualTo(200);
			assertThat(call(revoked).statusCode()).isEqualTo(401);
			server.context().getBean(NotificationHub.class).publish(new ServerEvent(Kind.TOOLS_CHANGED, null));
			stays.message("notifications/tools/list_changed");
		}
	}

	@Test
	void sessionWhenEndedThenItsStreamsEndAndNothingElse() {
		String token = token("r7", Instant.now());
		String ended = initialize(token);
		String other = initialize(token);
		try (LiveExchange stream = get(token, ended)) {
			assertThat(stream.status()).isEqualTo(200);
			revocations.endSession(ended);
			stream.rest();
			assertThat(ping(token, ended).statusCode()).isEqualTo(404);
			assertThat(ping(token, other).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void callsWhenRevokedConcurrentlyThenNoneThatBeginsAfterwardsIsLetIn() {
		for (int round = 0; round < 3; round++) {
			String token = token("r8", Instant.now().minusSeconds(round));
			AtomicBoolean done = new AtomicBoolean();
			AtomicInteger late = new AtomicInteger();
			Concurrently.run(8, (thread) -> {
				if (thread == 0) {
					call(token);
					revocations.revokeToken(token);
					done.set(true);
					return;
				}
				for (int i = 0; i < 15; i++) {
					boolean after = done.get();
					if (call(token).statusCode() == 200 && after) {
						late.incrementAndGet();
					}
				}
			});
			assertThat(late).hasValue(0);
			assertThat(call(token).statusCode()).isEqualTo(401);
		}
	}

	private static String token(String subject, Instant issued) {
		return issuer.token(resource(), subject, (claims) -> claims.issueTime(Date.from(issued)));
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
