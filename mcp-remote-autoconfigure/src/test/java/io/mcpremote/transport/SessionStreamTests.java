// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.Caller;
import io.mcpremote.call.EventSink;
import io.mcpremote.call.EventSource;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Revision;
import io.mcpremote.notify.NotificationHub;
import io.mcpremote.session.LiveSession;
import io.mcpremote.session.McpRemoteSessionProperties;
import io.mcpremote.session.Sessions;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.server.McpSyncServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The stream of a session: when there is one, and what it tells.
 */
class SessionStreamTests {

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = SessionServer.roomy();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void listenWhenListsChangeThenNotified() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		try (LiveExchange stream = client.listen()) {
			SessionServer.awaitListening(server, client);
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
			SessionServer.awaitListening(server, client);
			try (LiveExchange second = client.listen()) {
				assertThat(first.rest()).isEmpty();
				SessionServer.awaitListening(server, client);
				Changes.tools(server);
				assertThat(second.message().get("method").asString()).isEqualTo("notifications/tools/list_changed");
			}
		}
	}

	@Test
	void listenWhenEventFallsIntoTheOpeningThenNotLost() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		LiveSession live = SessionServer.live(server, client);
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

	@ParameterizedTest
	@ValueSource(strings = { "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25" })
	void streamWhenRevisionKnowsPrimingThenPrimed(String revision) {
		SessionServer.gate = new CountDownLatch(0);
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
		SessionServer.gate = new CountDownLatch(0);
		try (LiveExchange call = LiveExchange.open(server, "POST", LegacyClient.message(1, "tools/call",
				Map.of("name", "chatty", "arguments", Map.of("before", 1, "after", 0))))) {
			call.response();
			assertThat(call.seen()).allMatch((event) -> event.id() == null);
		}
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
		LegacySessions sessions = LegacySessions.of(server.context().getBean(Sessions.class),
				server.context().getBean(McpRemoteSessionProperties.class));
		SessionMethods methods = new SessionMethods(sessions, () -> null, (call) -> (uri) -> true,
				server.context().getBean(NotificationHub.class),
				server.context().getBean(RemoteTransportProvider.class).interest(),
				server.context().getBean(TransportJson.class).writer());
		McpCall call = new McpCall("0", Revision.V2025_11_25, LegacyEra.OPEN_STREAM, null, Map.of(),
				Caller.anonymous("127.0.0.1"), client.sessionId(), null, McpCall.TraceContext.NONE, Instant.now());
		return ((CallOutcome.Stream) methods.openStream(call, null)).source();
	}

}
