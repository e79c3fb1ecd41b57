// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mcpremote.session.Sessions;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.MovableTime;
import io.mcpremote.test.MutableClock;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.UserHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions of legacy clients: whose they are, and how long they last.
 */
class SessionTests {

	private static RunningServer server;

	private static RunningServer small;

	@BeforeAll
	static void start() {
		server = SessionServer.roomy();
		small = RunningServer.start(
				List.of("mcp.remote.sessions.enabled=true", "mcp.remote.sessions.required=true",
						"mcp.remote.sessions.max-total=4", "mcp.remote.sessions.max-per-owner=2"),
				SessionServer.SessionTools.class, UserHeader.class, MovableTime.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		small.close();
	}

	@Test
	void initializeWhenSessionsAreEnabledThenIdIsVisibleAndUnique() {
		LegacyClient one = LegacyClient.begin(server, "{}");
		LegacyClient two = LegacyClient.begin(server, "{}");
		assertThat(one.sessionId()).matches("[\\x21-\\x7E]{20,}").isNotEqualTo(two.sessionId());
		assertThat(one.call(1, "ping", Map.of()).body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
	}

	@Test
	void initializeWhenOwnerHasAllItMayThenLeastRecentlyUsedEnds() {
		LegacyClient bob = LegacyClient.begin(small, "2025-11-25", "{}", UserHeader.NAME, "bob");
		LegacyClient first = LegacyClient.begin(small, "2025-11-25", "{}", UserHeader.NAME, "ada");
		LegacyClient second = LegacyClient.begin(small, "2025-11-25", "{}", UserHeader.NAME, "ada");
		small.context().getBean(MutableClock.class).advance(Duration.ofMinutes(5));
		assertThat(first.call(1, "ping", Map.of()).statusCode()).isEqualTo(200);
		LegacyClient third = LegacyClient.begin(small, "2025-11-25", "{}", UserHeader.NAME, "ada");
		SessionServer.assertUnknown(second.call(1, "ping", Map.of()));
		for (LegacyClient left : List.of(first, third, bob)) {
			assertThat(left.call(1, "ping", Map.of()).statusCode()).isEqualTo(200);
			left.delete();
		}
	}

	@Test
	void initializeWhenServerIsFullThenUnavailable() {
		List<LegacyClient> all = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			all.add(LegacyClient.begin(small, "2025-11-25", "{}", UserHeader.NAME, "user-" + i));
		}
		HttpResponse<String> response = LegacyClient.initialize(small, "2025-11-25", "{}", UserHeader.NAME, "late");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).hasValue("60");
		assertThat(RunningServer.json(response).at("/error/code").asInt()).isEqualTo(1503);
		assertThat(response.headers().firstValue("Mcp-Session-Id")).isEmpty();
		all.remove(0).delete();
		all.add(LegacyClient.begin(small, "2025-11-25", "{}", UserHeader.NAME, "late"));
		all.forEach(LegacyClient::delete);
	}

	@Test
	void deleteWhenDoneThenSessionIsUnknown() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		assertThat(client.delete().statusCode()).isEqualTo(204);
		SessionServer.assertUnknown(client.call(1, "tools/list", Map.of()));
		SessionServer.assertUnknown(client.delete());
		try (LiveExchange stream = client.listen()) {
			assertThat(stream.status()).isEqualTo(404);
		}
	}

	@Test
	void deleteWhenStreamIsOpenThenStreamEnds() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		try (LiveExchange stream = client.listen()) {
			assertThat(stream.status()).isEqualTo(200);
			client.delete();
			assertThat(stream.rest()).isEmpty();
		}
	}

	@Test
	void deleteWhenToolWaitsForAnswerThenToolEnds() {
		LegacyClient client = LegacyClient.begin(server, "{\"elicitation\":{}}");
		try (LiveExchange call = client.openTool(1, "ask", Map.of())) {
			call.message("elicitation/create");
			client.delete();
			assertThat(call.rest()).hasSizeLessThanOrEqualTo(1);
		}
	}

	@Test
	void requestWhenOtherCallersSessionThenUnknown() {
		LegacyClient ada = LegacyClient.begin(server, "2025-11-25", "{}", UserHeader.NAME, "ada");
		for (LegacyClient thief : List.of(ada.with(UserHeader.NAME, "bob"), ada.with())) {
			SessionServer.assertUnknown(thief.call(1, "tools/list", Map.of()));
			SessionServer.assertUnknown(thief.answer("1", Map.of()));
			assertThat(thief.notify("notifications/initialized", Map.of()).statusCode()).isEqualTo(404);
			SessionServer.assertUnknown(thief.delete());
			try (LiveExchange stream = thief.listen()) {
				assertThat(stream.status()).isEqualTo(404);
			}
		}
		assertThat(ada.call(1, "tools/list", Map.of()).statusCode()).isEqualTo(200);
	}

	@Test
	void requestWhenBatchInUnknownSessionThenUnknown() {
		HttpResponse<String> response = server.post("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
				"Mcp-Session-Id", "there-is-none");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(server
			.post("[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}]", "Mcp-Session-Id", "there-is-none")
			.statusCode()).isEqualTo(404);
		assertThat(small.post("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}]").statusCode())
			.isEqualTo(400);
	}

	@Test
	void requestWhenSessionIsRequiredThenRefusedWithoutOne() {
		HttpResponse<String> response = small.post(LegacyClient.message(1, "tools/list", Map.of()));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(RunningServer.json(response).at("/id").asInt()).isEqualTo(1);
		assertThat(small.modern(ModernRequest.of("tools/list")).statusCode()).isEqualTo(200);
	}

	@Test
	void sessionWhenIdleThenEndsUnlessUsedOrListenedTo() {
		try (RunningServer forgetful = RunningServer.start(
				List.of("mcp.remote.sessions.enabled=true", "mcp.remote.sessions.idle-timeout=3s"),
				MovableTime.class)) {
			MutableClock clock = forgetful.context().getBean(MutableClock.class);
			LegacyClient used = LegacyClient.begin(forgetful, "{}");
			LegacyClient listening = LegacyClient.begin(forgetful, "{}");
			Sessions sessions = forgetful.context().getBean(Sessions.class);
			try (LiveExchange stream = listening.listen()) {
				assertThat(stream.status()).isEqualTo(200);
				LegacyClient idle = LegacyClient.begin(forgetful, "{}");
				clock.advance(Duration.ofSeconds(2));
				assertThat(used.call(1, "ping", Map.of()).statusCode()).isEqualTo(200);
				Eventually.until("the listening session counts as used",
						() -> sessions.current(listening.sessionId()).lastUsed().equals(clock.instant()));
				assertThat(sessions.current(idle.sessionId())).isNotNull();
				clock.advance(Duration.ofSeconds(2));
				assertThat(sessions.current(idle.sessionId())).isNull();
				SessionServer.assertUnknown(idle.call(1, "ping", Map.of()));
				assertThat(used.call(1, "ping", Map.of()).statusCode()).isEqualTo(200);
				assertThat(listening.call(1, "ping", Map.of()).statusCode()).isEqualTo(200);
			}
		}
	}

}
