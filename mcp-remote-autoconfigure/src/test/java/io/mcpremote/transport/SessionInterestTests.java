// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.mcpremote.notify.NotificationHub;
import io.mcpremote.notify.ResourceInterest;
import io.mcpremote.notify.ServerEvent;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a session wants to hear of is its own affair.
 */
class SessionInterestTests {

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
			both.call(1, "resources/subscribe", Map.of("uri", SessionServer.NOTES));
			both.call(2, "resources/subscribe", Map.of("uri", SessionServer.PLANS));
			one.call(1, "resources/subscribe", Map.of("uri", SessionServer.PLANS));
			SessionServer.awaitListening(server, both, one, none);
			Changes.resource(server, SessionServer.NOTES);
			Changes.resource(server, SessionServer.PLANS);
			Changes.tools(server);
			assertThat(uri(bothStream)).isEqualTo(SessionServer.NOTES);
			assertThat(uri(bothStream)).isEqualTo(SessionServer.PLANS);
			assertThat(uri(oneStream)).isEqualTo(SessionServer.PLANS);
			assertThat(noStream.message().get("method").asString()).isEqualTo("notifications/tools/list_changed");
			both.call(3, "resources/unsubscribe", Map.of("uri", SessionServer.NOTES));
			both.call(4, "resources/unsubscribe", Map.of("uri", "test://never-subscribed"));
			Changes.resource(server, SessionServer.NOTES);
			Changes.resource(server, SessionServer.PLANS);
			bothStream.message("notifications/tools/list_changed");
			bothStream.message("notifications/tools/list_changed");
			assertThat(uri(bothStream)).isEqualTo(SessionServer.PLANS);
		}
		both.delete();
		one.delete();
		none.delete();
	}

	@Test
	void subscribeWhenLastSubscriberGoesThenServerIsNoLongerAsked() {
		ResourceInterest interest = server.context().getBean(RemoteTransportProvider.class).interest();
		int before = interest.size();
		String uri = "test://interest";
		List<ServerEvent> events = new CopyOnWriteArrayList<>();
		NotificationHub hub = server.context().getBean(NotificationHub.class);
		NotificationHub.Listener recorder = recorder(events);
		hub.add(recorder);
		try {
			LegacyClient one = LegacyClient.begin(server, "{}");
			LegacyClient two = LegacyClient.begin(server, "{}");
			Changes.resource(server, uri);
			assertThat(events).isEmpty();
			one.call(1, "resources/subscribe", Map.of("uri", uri));
			one.call(2, "resources/subscribe", Map.of("uri", uri));
			two.call(1, "resources/subscribe", Map.of("uri", uri));
			Changes.resource(server, uri);
			assertThat(events).hasSize(1);
			one.call(3, "resources/unsubscribe", Map.of("uri", uri));
			Changes.resource(server, uri);
			assertThat(events).hasSize(2);
			two.delete();
			Changes.resource(server, uri);
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
			.json(server.post(LegacyClient.message(1, "resources/subscribe", Map.of("uri", SessionServer.NOTES))));
		assertThat(answer.at("/error/code").asInt()).isEqualTo(-32601);
	}

	private static List<String> levels(LegacyClient client) {
		HttpResponse<String> response = client.tool(9, "log", Map.of());
		return RunningServer.events(response.body())
			.stream()
			.filter((message) -> "notifications/message".equals(message.path("method").asString("")))
			.map((message) -> message.at("/params/level").asString())
			.toList();
	}

	private static String uri(LiveExchange stream) {
		return stream.message("notifications/resources/updated").at("/params/uri").asString();
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

}
