// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.UserHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that lost a connection, or let it go, miss nothing that is still kept.
 */
class SessionResumeTests {

	private static RunningServer server;

	private static RunningServer usual;

	@BeforeAll
	static void start() {
		server = SessionServer.roomy("mcp.remote.sessions.replay-events=20", "mcp.remote.sessions.replay-size=20KB");
		usual = SessionServer.start();
	}

	@AfterAll
	static void stop() {
		server.close();
		usual.close();
	}

	@Test
	void listenWhenConnectionWasLostThenMissedEventsFollow() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		client.call(1, "resources/subscribe", Map.of("uri", SessionServer.NOTES));
		LiveExchange lost = client.listen();
		SessionServer.awaitListening(server, client);
		Changes.resource(server, SessionServer.NOTES);
		lost.message("notifications/resources/updated");
		String lastEventId = lost.lastEventId();
		lost.abort();
		Changes.resource(server, SessionServer.NOTES);
		Changes.tools(server);
		try (LiveExchange resumed = client.resume(lastEventId)) {
			assertThat(resumed.message().get("method").asString()).isEqualTo("notifications/resources/updated");
			assertThat(resumed.message().get("method").asString()).isEqualTo("notifications/tools/list_changed");
			// And it goes on from there
			resumed.message();
			Changes.resource(server, SessionServer.NOTES);
			assertThat(resumed.message().get("method").asString()).isEqualTo("notifications/resources/updated");
		}
		client.delete();
	}

	@Test
	void callWhenConnectionWasLostThenMissedEventsFollow() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		SessionServer.gate = new CountDownLatch(1);
		LiveExchange lost = client.openTool(1, "chatty", Map.of("before", 2, "after", 3));
		lost.message("notifications/message");
		String lastEventId = lost.lastEventId();
		lost.message("notifications/message");
		lost.abort();
		SessionServer.gate.countDown();
		try (LiveExchange resumed = client.resume(lastEventId)) {
			List<JsonNode> rest = resumed.rest();
			assertThat(rest).hasSize(5);
			assertThat(rest).extracting((message) -> message.at("/params/data").asString(""))
				.containsExactly("2", "3", "4", "5", "");
			assertThat(rest.get(4).at("/result/content/0/text").asString()).isEqualTo("said all");
		}
		// Once more from the same place
		try (LiveExchange again = client.resume(lastEventId)) {
			assertThat(again.rest()).hasSize(5);
		}
	}

	@Test
	void callWhenResumedBeforeItEndsThenRestArrivesAsItHappens() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		SessionServer.gate = new CountDownLatch(1);
		LiveExchange lost = client.openTool(1, "chatty", Map.of("before", 1, "after", 1));
		lost.message("notifications/message");
		lost.abort();
		try (LiveExchange resumed = client.resume(lost.lastEventId())) {
			assertThat(resumed.status()).isEqualTo(200);
			SessionServer.gate.countDown();
			assertThat(resumed.message().at("/params/data").asString()).isEqualTo("2");
			assertThat(resumed.response().get("id").asInt()).isEqualTo(1);
			assertThat(resumed.rest()).isEmpty();
		}
	}

	@Test
	void callWhenToolAsksAfterConnectionWasLostThenQuestionFollows() {
		LegacyClient client = LegacyClient.begin(server, "{\"elicitation\":{}}");
		SessionServer.gate = new CountDownLatch(1);
		LiveExchange lost = client.openTool(1, "chatty-ask", Map.of());
		lost.message("notifications/message");
		lost.abort();
		try (LiveExchange resumed = client.resume(lost.lastEventId())) {
			SessionServer.gate.countDown();
			JsonNode question = resumed.message("elicitation/create");
			client.answer(question.get("id").asString(), Map.of("action", "decline"));
			assertThat(resumed.response().at("/result/content/0/text").asString()).isEqualTo("DECLINE");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "_", "_0", "0000000000000000_0", "none_7", "%s_999999", "%s_-1", "%s_x", "%s" })
	void resumeWhenEventIsUnknownThenRefused(String pattern) {
		LegacyClient client = LegacyClient.begin(server, "{}");
		String known;
		try (LiveExchange stream = client.listen()) {
			stream.next();
			known = stream.lastEventId();
		}
		String stream = known.substring(0, known.indexOf('_'));
		try (LiveExchange resumed = client.resume(pattern.formatted(stream))) {
			assertThat(resumed.status()).isEqualTo(400);
			assertThat(resumed.message().at("/error/code").asInt()).isEqualTo(-32600);
		}
	}

	@Test
	void resumeWhenOtherSessionsEventThenRefused() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		LegacyClient other = LegacyClient.begin(server, "{}");
		try (LiveExchange stream = client.listen(); LiveExchange stolen = listened(other, stream)) {
			assertThat(stolen.status()).isEqualTo(400);
		}
	}

	@Test
	void resumeWhenMoreWasMissedThanIsKeptThenNewestFollow() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		SessionServer.gate = new CountDownLatch(1);
		LiveExchange lost = client.openTool(1, "chatty", Map.of("before", 1, "after", 30));
		lost.message("notifications/message");
		lost.abort();
		SessionServer.gate.countDown();
		awaitNoCalls();
		try (LiveExchange resumed = client.resume(lost.lastEventId())) {
			List<JsonNode> rest = resumed.rest();
			assertThat(rest).hasSize(20);
			assertThat(rest.get(18).at("/params/data").asString()).isEqualTo("31");
			assertThat(rest.get(19).at("/result/content/0/text").asString()).isEqualTo("said all");
		}
	}

	@Test
	void resumeWhenLargerThanWhatIsKeptThenOldestAreGone() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		SessionServer.gate = new CountDownLatch(1);
		LiveExchange lost = client.openTool(1, "bulky", Map.of("size", 9000, "times", 4));
		lost.message("notifications/message");
		lost.abort();
		SessionServer.gate.countDown();
		awaitNoCalls();
		try (LiveExchange resumed = client.resume(lost.lastEventId())) {
			assertThat(resumed.rest()).hasSize(3);
		}
	}

	@Test
	void resumeWhenManyStreamsCameBeforeThenNewestIsKnown() {
		LegacyClient client = LegacyClient.begin(usual, "2025-11-25", "{}", UserHeader.NAME, "diligent");
		for (int i = 0; i < 100; i++) {
			try (LiveExchange call = client.openTool(i, "quick", Map.of(), "Accept", "text/event-stream")) {
				assertThat(call.rest()).hasSize(1);
			}
		}
		try (LiveExchange call = client.openTool(100, "quick", Map.of(), "Accept", "text/event-stream")) {
			String priming = call.next().id();
			try (LiveExchange resumed = client.resume(priming)) {
				assertThat(resumed.status()).isEqualTo(200);
				assertThat(resumed.response().get("id").asInt()).isEqualTo(100);
			}
		}
		client.delete();
	}

	@Test
	void resumeWhenManyStreamsAreOpenAndOneIsTakenUpThenStillKnown() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		SessionServer.gate = new CountDownLatch(1);
		LiveExchange lost = client.openTool("first", "chatty", Map.of("before", 1, "after", 1));
		lost.message("notifications/message");
		lost.abort();
		for (int i = 0; i < 90; i++) {
			try (LiveExchange call = client.openTool(i, "quick", Map.of(), "Accept", "text/event-stream")) {
				call.rest();
			}
		}
		try (LiveExchange resumed = client.resume(lost.lastEventId())) {
			assertThat(resumed.status()).isEqualTo(200);
			SessionServer.gate.countDown();
			assertThat(resumed.response().get("id").asString()).isEqualTo("first");
		}
	}

	@Test
	void disconnectWhenClientCanComeBackThenResultIsFetched() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		SessionServer.gate = new CountDownLatch(1);
		try (LiveExchange call = client.openTool(1, "disconnecting", Map.of())) {
			LiveExchange.Event priming = call.next();
			assertThat(priming.id()).isNotNull();
			assertThat(priming.data()).isEmpty();
			assertThat(call.rest()).isEmpty();
			try (LiveExchange resumed = client.resume(priming.id())) {
				assertThat(resumed.status()).isEqualTo(200);
				SessionServer.gate.countDown();
				assertThat(resumed.response().at("/result/content/0/text").asString()).isEqualTo("true");
			}
		}
	}

	@Test
	void disconnectWhenClientCannotComeBackThenNothingHappens() {
		SessionServer.gate = new CountDownLatch(0);
		LegacyClient older = LegacyClient.begin(server, "2025-06-18", "{}");
		LegacyClient jsonOnly = LegacyClient.begin(server, "{}");
		assertThat(RunningServer.text(RunningServer.json(older.tool(1, "disconnecting", Map.of())))).isEqualTo("false");
		assertThat(RunningServer
			.text(RunningServer.json(server.modern(ModernRequest.callTool("disconnecting", Map.of())))))
			.isEqualTo("false");
		assertThat(RunningServer.text(RunningServer.json(server
			.post(LegacyClient.message(1, "tools/call", Map.of("name", "disconnecting", "arguments", Map.of()))))))
			.isEqualTo("false");
		try (LiveExchange call = jsonOnly.openTool(1, "disconnecting", Map.of(), "Accept", "application/json")) {
			assertThat(RunningServer.text(call.response())).isEqualTo("false");
		}
	}

	private static LiveExchange listened(LegacyClient other, LiveExchange stream) {
		stream.next();
		return other.resume(stream.lastEventId());
	}

	private static void awaitNoCalls() {
		CallsInFlight calls = server.context().getBean(CallsInFlight.class);
		Eventually.until("no call is under way", () -> calls.size() == 0);
	}

}
