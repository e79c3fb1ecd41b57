// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.Caller;
import io.mcpremote.call.EventSink;
import io.mcpremote.call.EventSource;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Revision;
import io.mcpremote.notify.NotificationHub;
import io.mcpremote.notify.ResourceInterest;
import io.mcpremote.notify.ServerEvent;
import io.mcpremote.session.LiveSession;
import io.mcpremote.session.McpRemoteSessionProperties;
import io.mcpremote.session.SessionRecord;
import io.mcpremote.session.Sessions;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.UserHeader;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ResourcesUpdatedNotification;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions of legacy clients: whose they are, how long they last, and what streams they
 * have.
 */
class SessionTests {

	private static final String NOTES = "test://notes";

	private static final String PLANS = "test://plans";

	private static RunningServer server;

	private static RunningServer small;

	@BeforeAll
	static void start() {
		server = RunningServer.start(
				List.of("mcp.remote.sessions.enabled=true", "mcp.remote.sessions.max-per-owner=1000",
						"mcp.remote.sessions.replay-events=20", "mcp.remote.sessions.replay-size=20KB",
						"mcp.remote.stream.long-call-after=100ms", "mcp.remote.stream.call-heartbeat=100ms",
						"mcp.remote.stream.keep-alive=200ms", "mcp.remote.stream.max-open-per-caller=1000"),
				SessionTools.class, RootsConfiguration.class, UserHeader.class);
		small = RunningServer.start(
				List.of("mcp.remote.sessions.enabled=true", "mcp.remote.sessions.required=true",
						"mcp.remote.sessions.max-total=4", "mcp.remote.sessions.max-per-owner=2",
						"mcp.remote.sessions.idle-timeout=10s", "mcp.remote.sessions.answer-timeout=300ms"),
				SessionTools.class, UserHeader.class);
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
	void deleteWhenDoneThenSessionIsUnknown() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		assertThat(client.delete().statusCode()).isEqualTo(204);
		assertUnknown(client.call(1, "tools/list", Map.of()));
		assertUnknown(client.delete());
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
		for (LegacyClient thief : List.of(ada.with("Mcp-Session-Id", ada.sessionId(), UserHeader.NAME, "bob"),
				ada.with("Mcp-Session-Id", ada.sessionId()))) {
			assertUnknown(thief.call(1, "tools/list", Map.of()));
			assertUnknown(thief.answer("1", Map.of()));
			assertThat(thief.notify("notifications/initialized", Map.of()).statusCode()).isEqualTo(404);
			assertUnknown(thief.delete());
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
	void initializeWhenOwnerHasAllItMayThenLeastRecentlyUsedEnds() {
		LegacyClient bob = LegacyClient.begin(small, "2025-11-25", "{}", UserHeader.NAME, "bob");
		LegacyClient first = LegacyClient.begin(small, "2025-11-25", "{}", UserHeader.NAME, "ada");
		LegacyClient second = LegacyClient.begin(small, "2025-11-25", "{}", UserHeader.NAME, "ada");
		Sessions sessions = small.context().getBean(Sessions.class);
		Eventually.until("the first session is used after the second", () -> {
			assertThat(first.call(1, "ping", Map.of()).statusCode()).isEqualTo(200);
			SessionRecord one = sessions.current(first.sessionId());
			SessionRecord two = sessions.current(second.sessionId());
			return one.lastUsed().isAfter(two.lastUsed());
		});
		LegacyClient third = LegacyClient.begin(small, "2025-11-25", "{}", UserHeader.NAME, "ada");
		assertUnknown(second.call(1, "ping", Map.of()));
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
	void sessionWhenIdleThenEndsUnlessUsedOrListenedTo() {
		try (RunningServer forgetful = RunningServer.start(
				List.of("mcp.remote.sessions.enabled=true", "mcp.remote.sessions.idle-timeout=3s"),
				SessionTools.class)) {
			LegacyClient used = LegacyClient.begin(forgetful, "{}");
			LegacyClient listening = LegacyClient.begin(forgetful, "{}");
			Sessions sessions = forgetful.context().getBean(Sessions.class);
			try (LiveExchange stream = listening.listen()) {
				assertThat(stream.status()).isEqualTo(200);
				LegacyClient idle = LegacyClient.begin(forgetful, "{}");
				Eventually.until("the idle session has ended", () -> {
					assertThat(used.call(1, "ping", Map.of()).statusCode()).isEqualTo(200);
					return sessions.current(idle.sessionId()) == null;
				});
				assertUnknown(idle.call(1, "ping", Map.of()));
				assertThat(used.call(1, "ping", Map.of()).statusCode()).isEqualTo(200);
				assertThat(listening.call(1, "ping", Map.of()).statusCode()).isEqualTo(200);
			}
		}
	}

	@Test
	void setLevelWhenSetThenForThatSessionOnly() {
		LegacyClient quiet = LegacyClient.begin(server, "{}");
		LegacyClient loud = LegacyClient.begin(server, "{}");
		LegacyClient usual = LegacyClient.begin(server, "{}");
		assertThat(RunningServer.json(quiet.call(1, "logging/setLevel", Map.of("level", "error"))).at("/result"))
			.isEmpty();
		loud.call(1, "logging/setLevel", Map.of("level", "debug"));
		assertThat(levels(quiet)).containsExactly("error");
		assertThat(levels(loud)).containsExactly("debug", "info", "warning", "error");
		assertThat(levels(usual)).containsExactly("info", "warning", "error");
		assertThat(RunningServer.json(quiet.call(2, "logging/setLevel", Map.of("level", "loud")))
			.at("/error/code")
			.asInt()).isEqualTo(-32602);
		assertThat(levels(quiet)).containsExactly("error");
	}

	@Test
	void subscribeWhenResourceIsUpdatedThenOnlySubscribersHear() {
		LegacyClient both = LegacyClient.begin(server, "{}");
		LegacyClient one = LegacyClient.begin(server, "{}");
		LegacyClient none = LegacyClient.begin(server, "{}");
		try (LiveExchange bothStream = both.listen();
				LiveExchange oneStream = one.listen();
				LiveExchange noStream = none.listen()) {
			both.call(1, "resources/subscribe", Map.of("uri", NOTES));
			both.call(2, "resources/subscribe", Map.of("uri", PLANS));
			one.call(1, "resources/subscribe", Map.of("uri", PLANS));
			awaitListening(both, one, none);
			update(NOTES);
			update(PLANS);
			changeTools();
			assertThat(uri(bothStream)).isEqualTo(NOTES);
			assertThat(uri(bothStream)).isEqualTo(PLANS);
			assertThat(uri(oneStream)).isEqualTo(PLANS);
			assertThat(noStream.message().get("method").asString()).isEqualTo("notifications/tools/list_changed");
			both.call(3, "resources/unsubscribe", Map.of("uri", NOTES));
			both.call(4, "resources/unsubscribe", Map.of("uri", "test://never-subscribed"));
			update(NOTES);
			update(PLANS);
			bothStream.message("notifications/tools/list_changed");
			bothStream.message("notifications/tools/list_changed");
			assertThat(uri(bothStream)).isEqualTo(PLANS);
		}
		both.delete();
		one.delete();
		none.delete();
	}

	@Test
	void subscribeWhenLastSubscriberGoesThenServerIsNoLongerAsked() {
		ResourceInterest interest = server.context().getBean(ResourceInterest.class);
		int before = interest.size();
		String uri = "test://interest";
		List<ServerEvent> events = new CopyOnWriteArrayList<>();
		NotificationHub hub = server.context().getBean(NotificationHub.class);
		NotificationHub.Listener recorder = recorder(events);
		hub.add(recorder);
		try {
			LegacyClient one = LegacyClient.begin(server, "{}");
			LegacyClient two = LegacyClient.begin(server, "{}");
			update(uri);
			assertThat(events).isEmpty();
			one.call(1, "resources/subscribe", Map.of("uri", uri));
			one.call(2, "resources/subscribe", Map.of("uri", uri));
			two.call(1, "resources/subscribe", Map.of("uri", uri));
			update(uri);
			assertThat(events).hasSize(1);
			one.call(3, "resources/unsubscribe", Map.of("uri", uri));
			update(uri);
			assertThat(events).hasSize(2);
			two.delete();
			update(uri);
			assertThat(events).hasSize(2);
			assertThat(interest.size()).isEqualTo(before);
			one.delete();
		}
		finally {
			hub.remove(recorder);
		}
	}

	@Test
	void subscribeWhenWithoutSessionThenMethodNotFound() {
		JsonNode answer = RunningServer
			.json(server.post(LegacyClient.message(1, "resources/subscribe", Map.of("uri", NOTES))));
		assertThat(answer.at("/error/code").asInt()).isEqualTo(-32601);
	}

	@Test
	void listenWhenListsChangeThenNotified() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		try (LiveExchange stream = client.listen()) {
			awaitListening(client);
			McpSyncServer sdk = server.context().getBean(McpSyncServer.class);
			sdk.notifyToolsListChanged();
			sdk.notifyPromptsListChanged();
			sdk.notifyResourcesListChanged();
			assertThat(stream.message().get("method").asString()).isEqualTo("notifications/tools/list_changed");
			assertThat(stream.message().get("method").asString()).isEqualTo("notifications/prompts/list_changed");
			assertThat(stream.message().get("method").asString()).isEqualTo("notifications/resources/list_changed");
		}
	}

	@Test
	void listenWhenSecondTimeThenFirstStreamEnds() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		try (LiveExchange first = client.listen()) {
			awaitListening(client);
			try (LiveExchange second = client.listen()) {
				assertThat(first.rest()).isEmpty();
				awaitListening(client);
				changeTools();
				assertThat(second.message().get("method").asString()).isEqualTo("notifications/tools/list_changed");
			}
		}
	}

	@Test
	void listenWhenEventFallsIntoTheOpeningThenNotLost() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		LiveSession live = live(client);
		List<String> sent = new ArrayList<>();
		EventSource source = opening(client);
		source.open(new EventSink() {

			@Override
			public boolean send(String id, byte[] message) {
				sent.add(new String(message, StandardCharsets.UTF_8));
				if (message.length == 0) {
					live.standalone().append("{}".getBytes(StandardCharsets.UTF_8));
				}
				return true;
			}

			@Override
			public void complete() {
				sent.add("completed");
			}

			@Override
			public void onEnd(Runnable callback) {
				// Does not end
			}

		});
		assertThat(sent).containsExactly("", "{}");
	}

	@Test
	void listenWhenSessionEndsDuringTheOpeningThenStreamEnds() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		EventSource source = opening(client);
		client.delete();
		CountDownLatch completed = new CountDownLatch(1);
		source.open(new EventSink() {

			@Override
			public boolean send(String id, byte[] message) {
				return true;
			}

			@Override
			public void complete() {
				completed.countDown();
			}

			@Override
			public void onEnd(Runnable callback) {
				// Nothing to run
			}

		});
		assertThat(completed.getCount()).isZero();
	}

	@Test
	void listenWhenConnectionWasLostThenMissedEventsFollow() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		client.call(1, "resources/subscribe", Map.of("uri", NOTES));
		LiveExchange lost = client.listen();
		awaitListening(client);
		update(NOTES);
		lost.message("notifications/resources/updated");
		String lastEventId = lost.lastEventId();
		lost.abort();
		update(NOTES);
		changeTools();
		try (LiveExchange resumed = client.resume(lastEventId)) {
			assertThat(resumed.message().get("method").asString()).isEqualTo("notifications/resources/updated");
			assertThat(resumed.message().get("method").asString()).isEqualTo("notifications/tools/list_changed");
			// And it goes on from there
			resumed.message();
			update(NOTES);
			assertThat(resumed.message().get("method").asString()).isEqualTo("notifications/resources/updated");
		}
		client.delete();
	}

	@Test
	void callWhenConnectionWasLostThenMissedEventsFollow() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		SessionTools.gate = new CountDownLatch(1);
		LiveExchange lost = client.openTool(1, "chatty", Map.of("before", 2, "after", 3));
		lost.message("notifications/message");
		String lastEventId = lost.lastEventId();
		lost.message("notifications/message");
		lost.abort();
		SessionTools.gate.countDown();
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
		SessionTools.gate = new CountDownLatch(1);
		LiveExchange lost = client.openTool(1, "chatty", Map.of("before", 1, "after", 1));
		lost.message("notifications/message");
		lost.abort();
		try (LiveExchange resumed = client.resume(lost.lastEventId())) {
			assertThat(resumed.status()).isEqualTo(200);
			SessionTools.gate.countDown();
			assertThat(resumed.message().at("/params/data").asString()).isEqualTo("2");
			assertThat(resumed.response().get("id").asInt()).isEqualTo(1);
			assertThat(resumed.rest()).isEmpty();
		}
	}

	@Test
	void callWhenToolAsksAfterConnectionWasLostThenQuestionFollows() {
		LegacyClient client = LegacyClient.begin(server, "{\"elicitation\":{}}");
		SessionTools.gate = new CountDownLatch(1);
		LiveExchange lost = client.openTool(1, "chatty-ask", Map.of());
		lost.message("notifications/message");
		lost.abort();
		try (LiveExchange resumed = client.resume(lost.lastEventId())) {
			SessionTools.gate.countDown();
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
		SessionTools.gate = new CountDownLatch(1);
		LiveExchange lost = client.openTool(1, "chatty", Map.of("before", 1, "after", 30));
		lost.message("notifications/message");
		lost.abort();
		SessionTools.gate.countDown();
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
		SessionTools.gate = new CountDownLatch(1);
		LiveExchange lost = client.openTool(1, "bulky", Map.of("size", 9000, "times", 4));
		lost.message("notifications/message");
		lost.abort();
		SessionTools.gate.countDown();
		awaitNoCalls();
		try (LiveExchange resumed = client.resume(lost.lastEventId())) {
			assertThat(resumed.rest()).hasSize(3);
		}
	}

	@Test
	void resumeWhenManyStreamsCameBeforeThenNewestIsKnown() {
		LegacyClient client = LegacyClient.begin(small, "2025-11-25", "{}", UserHeader.NAME, "diligent");
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
		SessionTools.gate = new CountDownLatch(1);
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
			SessionTools.gate.countDown();
			assertThat(resumed.response().get("id").asString()).isEqualTo("first");
		}
	}

	@Test
	void disconnectWhenClientCanComeBackThenResultIsFetched() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		SessionTools.gate = new CountDownLatch(1);
		try (LiveExchange call = client.openTool(1, "disconnecting", Map.of())) {
			LiveExchange.Event priming = call.next();
			assertThat(priming.id()).isNotNull();
			assertThat(priming.data()).isEmpty();
			assertThat(call.rest()).isEmpty();
			try (LiveExchange resumed = client.resume(priming.id())) {
				assertThat(resumed.status()).isEqualTo(200);
				SessionTools.gate.countDown();
				assertThat(resumed.response().at("/result/content/0/text").asString()).isEqualTo("true");
			}
		}
	}

	@Test
	void disconnectWhenClientCannotComeBackThenNothingHappens() {
		SessionTools.gate = new CountDownLatch(0);
		LegacyClient older = LegacyClient.begin(server, "2025-06-18", "{}");
		LegacyClient jsonOnly = LegacyClient.begin(server, "{}");
		assertThat(text(RunningServer.json(older.tool(1, "disconnecting", Map.of())))).isEqualTo("false");
		assertThat(text(RunningServer.json(server.modern(ModernRequest.callTool("disconnecting", Map.of())))))
			.isEqualTo("false");
		assertThat(text(RunningServer.json(server
			.post(LegacyClient.message(1, "tools/call", Map.of("name", "disconnecting", "arguments", Map.of()))))))
			.isEqualTo("false");
		try (LiveExchange call = jsonOnly.openTool(1, "disconnecting", Map.of(), "Accept", "application/json")) {
			assertThat(text(call.response())).isEqualTo("false");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25" })
	void streamWhenRevisionKnowsPrimingThenPrimed(String revision) {
		SessionTools.gate = new CountDownLatch(0);
		boolean primed = "2025-11-25".equals(revision);
		LegacyClient client = LegacyClient.begin(server, revision, "{}");
		try (LiveExchange call = client.openTool(1, "chatty", Map.of("before", 1, "after", 0))) {
			LiveExchange.Event first = call.next();
			assertThat(first.id()).isNotNull();
			assertThat(first.data().isEmpty()).isEqualTo(primed);
			assertThat(call.response().get("id").asInt()).isEqualTo(1);
		}
		try (LiveExchange stream = client.listen()) {
			LiveExchange.Event first = stream.next();
			assertThat(first.id() != null).isEqualTo(primed);
			assertThat(first.data()).isEmpty();
		}
	}

	@Test
	void streamWhenStatelessThenNoIds() {
		SessionTools.gate = new CountDownLatch(0);
		try (LiveExchange call = LiveExchange.open(server, "POST", LegacyClient.message(1, "tools/call",
				Map.of("name", "chatty", "arguments", Map.of("before", 1, "after", 0))))) {
			call.response();
			assertThat(call.seen()).allMatch((event) -> event.id() == null);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ask", "sample", "roots" })
	void askWhenClientDoesNotAnswerThenToolErrorInTime(String tool) {
		LegacyClient client = LegacyClient.begin(small, "2025-11-25",
				"{\"elicitation\":{},\"sampling\":{},\"roots\":{}}", UserHeader.NAME, "silent-" + tool);
		try (LiveExchange call = client.openTool(1, tool, Map.of())) {
			JsonNode question = call.message();
			JsonNode result = call.response();
			assertThat(result.at("/result/isError").asBoolean()).as(result.toString()).isTrue();
			assertThat(client.answer(question.get("id").asString(), Map.of("action", "cancel")).statusCode())
				.isEqualTo(202);
		}
		client.delete();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ask", "sample", "roots" })
	void askWhenClientAnswersWithErrorThenCallFails(String tool) {
		LegacyClient client = LegacyClient.begin(server, "{\"elicitation\":{},\"sampling\":{},\"roots\":{}}");
		try (LiveExchange call = client.openTool(1, tool, Map.of())) {
			String id = call.message().get("id").asString();
			HttpResponse<String> answered = client.post("""
					{"jsonrpc":"2.0","id":"%s","error":{"code":-1,"message":"User rejected it"}}""".formatted(id));
			assertThat(answered.statusCode()).isEqualTo(202);
			JsonNode result = call.response();
			assertThat(result.has("error") || result.at("/result/isError").asBoolean()).as(result.toString()).isTrue();
			assertThat(result.toString()).contains("User rejected it");
		}
	}

	@Test
	void answerWhenFromOtherSessionThenNotTaken() {
		LegacyClient client = LegacyClient.begin(server, "{\"elicitation\":{}}");
		LegacyClient other = LegacyClient.begin(server, "{\"elicitation\":{}}");
		try (LiveExchange call = client.openTool(1, "ask", Map.of())) {
			String id = call.message().get("id").asString();
			assertThat(other.answer(id, Map.of("action", "accept")).statusCode()).isEqualTo(202);
			assertThat(client.answer(id, Map.of("action", "decline")).statusCode()).isEqualTo(202);
			assertThat(text(call.response())).isEqualTo("DECLINE");
			assertThat(client.answer(id, Map.of("action", "accept")).statusCode()).isEqualTo(202);
		}
	}

	@Test
	void rootsChangedWhenStreamIsOpenThenApplicationIsTold() throws InterruptedException {
		RootsConfiguration.changes.clear();
		LegacyClient client = LegacyClient.begin(server, "{\"roots\":{\"listChanged\":true}}");
		assertThat(client.notify("notifications/roots/list_changed", Map.of()).statusCode()).isEqualTo(202);
		try (LiveExchange stream = client.listen()) {
			awaitListening(client);
			assertThat(client.notify("notifications/roots/list_changed", Map.of()).statusCode()).isEqualTo(202);
			JsonNode question = stream.message("roots/list");
			client.answer(question.get("id").asString(), Map.of("roots", List.of(Map.of("uri", "file:///a"))));
			List<McpSchema.Root> roots = RootsConfiguration.changes.poll(Eventually.DEADLINE.toSeconds(),
					TimeUnit.SECONDS);
			assertThat(roots).extracting(McpSchema.Root::uri).containsExactly("file:///a");
		}
		assertThat(RootsConfiguration.changes).isEmpty();
	}

	@Test
	void getWhenWithoutSessionThenNotAllowed() {
		HttpResponse<String> response = server
			.send(HttpRequest.newBuilder(server.uri()).header("Accept", "text/event-stream").GET().build());
		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(response.headers().firstValue("Allow")).isPresent();
	}

	@Test
	void getWhenStreamIsNotAcceptedThenNotAcceptable() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		try (LiveExchange stream = client.listen("Accept", "application/json")) {
			assertThat(stream.status()).isEqualTo(406);
		}
	}

	private static EventSource opening(LegacyClient client) {
		LegacySessions sessions = new LegacySessions(server.context().getBean(Sessions.class),
				server.context().getBean(McpRemoteSessionProperties.class));
		SessionMethods methods = new SessionMethods(sessions, () -> null, (call) -> (uri) -> true,
				server.context().getBean(NotificationHub.class), server.context().getBean(ResourceInterest.class),
				server.context().getBean(TransportJson.class).writer());
		McpCall call = new McpCall("0", Revision.V2025_11_25, LegacyEra.OPEN_STREAM, null, Map.of(),
				Caller.anonymous("127.0.0.1"), client.sessionId(), null, McpCall.TraceContext.NONE, Instant.now());
		return ((CallOutcome.Stream) methods.openStream(call, null)).source();
	}

	private static LiveExchange listened(LegacyClient other, LiveExchange stream) {
		stream.next();
		return other.resume(stream.lastEventId());
	}

	private static void awaitNoCalls() {
		CallsInFlight calls = server.context().getBean(CallsInFlight.class);
		Eventually.until("no call is under way", () -> calls.size() == 0);
	}

	private static void awaitListening(LegacyClient... clients) {
		for (LegacyClient client : clients) {
			Eventually.until("the stream is open", live(client)::isListening);
		}
	}

	private static LiveSession live(LegacyClient client) {
		Sessions sessions = server.context().getBean(Sessions.class);
		return sessions.live(sessions.current(client.sessionId()));
	}

	private static List<String> levels(LegacyClient client) {
		HttpResponse<String> response = client.tool(9, "log", Map.of());
		return RunningServer.events(response.body())
			.stream()
			.filter((message) -> "notifications/message".equals(message.path("method").asString("")))
			.map((message) -> message.at("/params/level").asString())
			.toList();
	}

	private static void update(String uri) {
		server.context().getBean(McpSyncServer.class).notifyResourcesUpdated(new ResourcesUpdatedNotification(uri));
	}

	private static void changeTools() {
		McpSyncServer sdk = server.context().getBean(McpSyncServer.class);
		sdk.addTool(new SyncToolSpecification(Tool.builder("fleeting", Map.of("type", "object")).build(),
				(exchange, request) -> CallToolResult.builder().addTextContent("").build()));
		sdk.removeTool("fleeting");
	}

	private static String uri(LiveExchange stream) {
		return stream.message("notifications/resources/updated").at("/params/uri").asString();
	}

	private static String text(JsonNode message) {
		JsonNode text = message.at("/result/content/0/text");
		assertThat(text.isString()).as(message.toString()).isTrue();
		return text.asString();
	}

	private static void assertUnknown(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
		assertThat(RunningServer.json(response).at("/error/code").asInt()).isEqualTo(-32001);
	}

	private static NotificationHub.Listener recorder(List<ServerEvent> events) {
		return new NotificationHub.Listener() {

			@Override
			public void onEvent(ServerEvent event) {
				events.add(event);
			}

			@Override
			public void onClose() {
				// Nothing to record
			}

		};
	}

	static class SessionTools {

		static volatile CountDownLatch gate = new CountDownLatch(0);

		@McpTool(name = "quick", description = "Is quick")
		String quick() {
			return "quick";
		}

		@McpTool(name = "log", description = "Logs")
		String log(McpSyncRequestContext context) {
			context.debug("d");
			context.info("i");
			context.warn("w");
			context.error("e");
			return "logged";
		}

		@McpTool(name = "chatty", description = "Says things before and after the gate opens")
		String chatty(McpSyncRequestContext context, int before, int after) throws InterruptedException {
			for (int i = 1; i <= before; i++) {
				context.info(String.valueOf(i));
			}
			gate.await(30, TimeUnit.SECONDS);
			for (int i = 1; i <= after; i++) {
				context.info(String.valueOf(before + i));
			}
			return "said all";
		}

		@McpTool(name = "bulky", description = "Says much")
		String bulky(McpSyncRequestContext context, int size, int times) throws InterruptedException {
			context.info("first");
			gate.await(30, TimeUnit.SECONDS);
			for (int i = 0; i < times; i++) {
				context.info("x".repeat(size));
			}
			return "said all";
		}

		@McpTool(name = "chatty-ask", description = "Asks after the gate opens")
		String chattyAsk(McpSyncRequestContext context) throws InterruptedException {
			context.info("hello");
			gate.await(30, TimeUnit.SECONDS);
			return ask(context);
		}

		@McpTool(name = "ask", description = "Asks")
		String ask(McpSyncRequestContext context) {
			return String
				.valueOf(context.elicit(ElicitFormRequest.builder("Well?", Map.of("type", "object")).build()).action());
		}

		@McpTool(name = "sample", description = "Asks the model")
		String sample(McpSyncRequestContext context) {
			return context.sample("Well?").model();
		}

		@McpTool(name = "roots", description = "Asks for roots")
		String roots(McpSyncRequestContext context) {
			return context.roots().toString();
		}

		@McpTool(name = "disconnecting", description = "Lets the client go")
		String disconnecting(McpSyncRequestContext context) throws InterruptedException {
			boolean gone = ResponseStream.of(context).disconnect();
			gate.await(30, TimeUnit.SECONDS);
			return String.valueOf(gone);
		}

		@McpResource(uri = NOTES, name = "notes", description = "Notes")
		String notes() {
			return "notes";
		}

		@McpResource(uri = PLANS, name = "plans", description = "Plans")
		String plans() {
			return "plans";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RootsConfiguration {

		static final BlockingQueue<List<McpSchema.Root>> changes = new LinkedBlockingQueue<>();

		@Bean
		BiConsumer<McpSyncServerExchange, List<McpSchema.Root>> rootsConsumer() {
			return (exchange, roots) -> changes.add(roots);
		}

	}

}
