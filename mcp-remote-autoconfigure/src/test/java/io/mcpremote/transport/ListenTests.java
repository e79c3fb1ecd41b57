// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.mcpremote.notify.NotificationHub;
import io.mcpremote.notify.ResourceInterest;
import io.mcpremote.notify.ServerEvent;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.UserHeader;
import io.modelcontextprotocol.server.McpSyncServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Modern clients that listen hear of what they asked for, and of nothing else.
 */
class ListenTests {

	private static final String SUBSCRIPTION_ID = "/params/_meta/io.modelcontextprotocol~1subscriptionId";

	private static final String NOTES = "test://notes";

	private static final String LONG_URI = "test://" + "x".repeat(2000);

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = start(new String[0]);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void listenWhenIdIsNumberOrTextThenAcknowledgedWithSameType() {
		try (LiveExchange number = listen(7, Map.of("toolsListChanged", true));
				LiveExchange text = listen("7", Map.of("toolsListChanged", true));
				LiveExchange large = listen(9007199254740993L, Map.of("toolsListChanged", true))) {
			JsonNode acknowledged = number.next().json();
			assertThat(number.isEventStream()).isTrue();
			assertThat(acknowledged.get("method").asString()).isEqualTo("notifications/subscriptions/acknowledged");
			assertThat(acknowledged.at("/params/notifications/toolsListChanged").asBoolean()).isTrue();
			assertThat(acknowledged.at("/params/notifications").size()).isEqualTo(1);
			assertThat(acknowledged.has("id")).isFalse();
			assertThat(acknowledged.at(SUBSCRIPTION_ID).toString()).isEqualTo("7");
			assertThat(text.next().json().at(SUBSCRIPTION_ID).toString()).isEqualTo("\"7\"");
			assertThat(large.next().json().at(SUBSCRIPTION_ID).toString()).isEqualTo("9007199254740993");
			Changes.tools(server);
			assertThat(number.message().at(SUBSCRIPTION_ID).toString()).isEqualTo("7");
			assertThat(text.message().at(SUBSCRIPTION_ID).toString()).isEqualTo("\"7\"");
		}
	}

	@Test
	void listenWhenSomethingElseHappensThenNotTold() {
		try (LiveExchange tools = acknowledged(listen(1, Map.of("toolsListChanged", true)));
				LiveExchange prompts = acknowledged(
						listen(2, Map.of("promptsListChanged", true, "toolsListChanged", false)));
				LiveExchange notes = acknowledged(listen(3, Map.of("resourceSubscriptions", List.of(NOTES))));
				LiveExchange resources = acknowledged(listen(4, Map.of("resourcesListChanged", true)));
				LiveExchange nothing = acknowledged(listen(5, Map.of()))) {
			McpSyncServer sdk = server.context().getBean(McpSyncServer.class);
			sdk.notifyToolsListChanged();
			sdk.notifyPromptsListChanged();
			sdk.notifyResourcesListChanged();
			Changes.resource(server, NOTES);
			Changes.resource(server, "test://plans");
			sdk.notifyToolsListChanged();
			assertMethods(tools, "notifications/tools/list_changed", "notifications/tools/list_changed");
			assertMethods(prompts, "notifications/prompts/list_changed");
			assertMethods(resources, "notifications/resources/list_changed");
			assertThat(notes.message().at("/params/uri").asString()).isEqualTo(NOTES);
			// What follows is the first they hear beside what they wanted, or nothing at
			// all
			for (LiveExchange stream : List.of(tools, prompts, notes, resources, nothing)) {
				stream.awaitComment();
				assertThat(stream.seen()).filteredOn((event) -> !event.data().isEmpty())
					.hasSizeLessThanOrEqualTo((stream == tools) ? 3 : 2);
			}
			assertThat(nothing.seen()).filteredOn((event) -> !event.data().isEmpty()).hasSize(1);
		}
	}

	@Test
	void listenWhenFilterHasUnknownTypesThenLeftOut() {
		try (LiveExchange stream = listen(1, Map.of("toolsListChanged", true, "weatherChanged", true, "taskIds",
				List.of("1"), "promptsListChanged", false))) {
			assertThat(stream.message().at("/params/notifications").toString())
				.isEqualTo("{\"toolsListChanged\":true}");
		}
	}

	@Test
	void listenWhenUrisThenUpdatesOfThoseOnly() {
		String other = "test://other";
		try (LiveExchange both = acknowledged(
				listen("both", Map.of("resourceSubscriptions", List.of(NOTES, other, NOTES))));
				LiveExchange one = acknowledged(listen("one", Map.of("resourceSubscriptions", List.of(other))))) {
			Changes.resource(server, NOTES);
			Changes.resource(server, other);
			assertThat(both.message().at("/params/uri").asString()).isEqualTo(NOTES);
			JsonNode second = both.message();
			assertThat(second.at("/params/uri").asString()).isEqualTo(other);
			assertThat(second.at(SUBSCRIPTION_ID).asString()).isEqualTo("both");
			assertThat(one.message().at("/params/uri").asString()).isEqualTo(other);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "7", "\"all\"", "[]", "{\"toolsListChanged\":\"yes\"}", "{\"toolsListChanged\":1}",
			"{\"resourceSubscriptions\":\"test://notes\"}", "{\"resourceSubscriptions\":[7]}",
			"{\"resourceSubscriptions\":{}}" })
	void listenWhenFilterIsMalformedThenInvalidParams(String filter) {
		HttpResponse<String> response = server.modern(ModernRequest.of("subscriptions/listen")
			.param("notifications", RunningServer.plain(RunningServer.json(filter))));
		assertInvalid(response);
	}

	@Test
	void listenWhenFilterIsMissingOrTooLongThenInvalidParams() {
		assertInvalid(server.modern(ModernRequest.of("subscriptions/listen")));
		assertInvalid(server.modern(ModernRequest.of("subscriptions/listen")
			.param("notifications", Map.of("resourceSubscriptions", Collections.nCopies(101, NOTES)))));
	}

	@Test
	void listenWhenStreamIsNotAcceptedThenNotAcceptable() {
		HttpResponse<String> response = server
			.send(server.request(ModernRequest.of("subscriptions/listen").param("notifications", Map.of()).body())
				.headers(ModernRequest.of("subscriptions/listen").headers())
				.setHeader("Accept", "application/json")
				.build());
		assertThat(response.statusCode()).isEqualTo(406);
		assertThat(RunningServer.json(response).at("/id").asInt()).isEqualTo(1);
		assertThat(RunningServer.json(response).has("error")).isTrue();
	}

	@Test
	void listenWhenTooManyThenUnavailableUntilOneGoes() {
		try (RunningServer small = start("mcp.remote.stream.max-open=3", "mcp.remote.stream.max-open-per-caller=2");
				LiveExchange first = acknowledged(listen(small, 1, Map.of(), "ada"));
				LiveExchange second = acknowledged(listen(small, 2, Map.of(), "ada"));
				LiveExchange beyondOwn = listen(small, 3, Map.of(), "ada");
				LiveExchange third = acknowledged(listen(small, 4, Map.of(), "bob"));
				LiveExchange beyondAll = listen(small, 5, Map.of(), "bob")) {
			for (LiveExchange refused : List.of(beyondOwn, beyondAll)) {
				assertThat(refused.status()).isEqualTo(503);
				assertThat(refused.header("Retry-After")).isNotNull();
				assertThat(refused.message().at("/error/code").asInt()).isEqualTo(1503);
			}
			first.close();
			OpenStreams streams = small.context().getBean(OpenStreams.class);
			Eventually.until("there is room again", () -> streams.size() == 2);
			try (LiveExchange next = acknowledged(listen(small, 6, Map.of(), "bob"))) {
				assertThat(next.status()).isEqualTo(200);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void listenWhenClientLeavesThenForgotten(boolean abruptly) {
		NotificationHub hub = server.context().getBean(NotificationHub.class);
		ResourceInterest interest = server.context().getBean(RemoteTransportProvider.class).interest();
		OpenStreams streams = server.context().getBean(OpenStreams.class);
		Eventually.until("nobody listens", () -> hub.size() == 0 && streams.size() == 0 && interest.size() == 0);
		LiveExchange stream = acknowledged(
				listen(1, Map.of("toolsListChanged", true, "resourceSubscriptions", List.of(NOTES))));
		Eventually.until("somebody listens", () -> hub.size() == 1 && streams.size() == 1 && interest.size() == 1);
		if (abruptly) {
			stream.abort();
		}
		else {
			stream.close();
		}
		Eventually.until("nobody listens any more",
				() -> hub.size() == 0 && streams.size() == 0 && interest.size() == 0);
	}

	@Test
	void listenWhenClientsLeaveAtOnceThenForgotten() {
		NotificationHub hub = server.context().getBean(NotificationHub.class);
		OpenStreams streams = server.context().getBean(OpenStreams.class);
		for (int i = 0; i < 50; i++) {
			ModernRequest request = ModernRequest.of("subscriptions/listen")
				.param("notifications", Map.of("resourceSubscriptions", List.of(NOTES)));
			LiveExchange.unread(server, 0, "POST", request.body(), request.headers()).abort();
		}
		// Those that were read at all have been given back
		try (LiveExchange last = acknowledged(listen(1, Map.of()))) {
			Eventually.until("only one listens", () -> hub.size() == 1 && streams.size() == 1);
			assertThat(last.status()).isEqualTo(200);
		}
	}

	@Test
	void publishWhenOneClientDoesNotReadThenOthersHearEverything() {
		RunningServer closing = start(SmallBuffers.class, "server.shutdown=graceful");
		NotificationHub hub = closing.context().getBean(NotificationHub.class);
		try (LiveExchange slow = unread(closing);
				LiveExchange reading = acknowledged(
						listen(closing, 2, Map.of("resourceSubscriptions", List.of(LONG_URI)), null))) {
			Eventually.until("both listen", () -> hub.size() == 2);
			int published = 0;
			while (hub.size() == 2 && published < 50_000) {
				CountDownLatch done = new CountDownLatch(1);
				new Thread(() -> {
					publish(hub, 50);
					done.countDown();
				}).start();
				Eventually.until("all is published", done);
				for (int i = 0; i < 50; i++) {
					assertThat(reading.message().at("/params/uri").asString()).isEqualTo(LONG_URI);
				}
				published += 50;
			}
			Eventually.until("the slow client has lost its stream", () -> hub.size() == 1);
			slow.close();
			assertClosesSoon(closing);
		}
	}

	@Test
	void closeWhenClientListensThenStreamEndsWithResult() {
		RunningServer closing = start("server.shutdown=graceful");
		try (LiveExchange stream = acknowledged(listen(closing, "the-id", Map.of("toolsListChanged", true), null))) {
			closing.close();
			List<JsonNode> rest = stream.rest();
			assertThat(rest).hasSize(1);
			assertThat(rest.get(0).get("id").asString()).isEqualTo("the-id");
			assertThat(rest.get(0).at("/result/resultType").asString()).isEqualTo("complete");
			assertThat(rest.get(0).at("/result/_meta/io.modelcontextprotocol~1subscriptionId").asString())
				.isEqualTo("the-id");
		}
	}

	@Test
	void closeWhenManyListenThenNoWaiting() {
		// Signs of life are under way all the time, which must not harm what comes last
		RunningServer closing = start("server.shutdown=graceful", "spring.lifecycle.timeout-per-shutdown-phase=30s",
				"mcp.remote.stream.keep-alive=1ms");
		List<LiveExchange> streams = new ArrayList<>();
		try {
			for (int i = 0; i < 50; i++) {
				streams.add(listen(closing, i, Map.of("toolsListChanged", true), "user-" + i));
			}
			streams.forEach(ListenTests::acknowledged);
			assertClosesSoon(closing);
			for (int i = 0; i < 50; i++) {
				List<JsonNode> rest = streams.get(i).rest();
				assertThat(rest).as("stream " + i).hasSize(1);
				assertThat(rest.get(0).get("id").asInt()).isEqualTo(i);
			}
		}
		finally {
			streams.forEach(LiveExchange::close);
		}
	}

	@Test
	void closeWhenClientDoesNotReadThenNoLongerThanItsTimeout() {
		RunningServer closing = start(SmallBuffers.class, "server.shutdown=graceful",
				"server.tomcat.connection-timeout=1s");
		NotificationHub hub = closing.context().getBean(NotificationHub.class);
		try (LiveExchange slow = unread(closing)) {
			Eventually.until("it listens", () -> hub.size() == 1);
			// More than the connection takes, but not more than may wait
			publish(hub, 250);
			assertThat(hub.size()).isEqualTo(1);
			assertClosesSoon(closing);
			slow.close();
		}
	}

	private static void publish(NotificationHub hub, int times) {
		for (int i = 0; i < times; i++) {
			hub.publish(new ServerEvent(ServerEvent.Kind.RESOURCE_UPDATED, LONG_URI));
		}
	}

	private static void assertClosesSoon(RunningServer closing) {
		long began = System.nanoTime();
		closing.close();
		// Far from both what may be noise and the 30 seconds of a graceful shutdown
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
	}

	private static LiveExchange unread(RunningServer at) {
		ModernRequest request = ModernRequest.of("subscriptions/listen")
			.param("notifications", Map.of("resourceSubscriptions", List.of(LONG_URI)));
		return LiveExchange.unread(at, 1024, "POST", request.body(), request.headers());
	}

	private static RunningServer start(Class<?> more, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("mcp.remote.stream.keep-alive=200ms");
		return RunningServer.start(all, ListenTools.class, UserHeader.class, more);
	}

	private static RunningServer start(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		if (all.stream().noneMatch((property) -> property.startsWith("mcp.remote.stream.keep-alive"))) {
			all.add("mcp.remote.stream.keep-alive=200ms");
		}
		return RunningServer.start(all, ListenTools.class, UserHeader.class);
	}

	private static LiveExchange listen(Object id, Map<String, ?> filter) {
		return listen(server, id, filter, null);
	}

	private static LiveExchange listen(RunningServer at, Object id, Map<String, ?> filter, String user) {
		return LiveExchange.open(at,
				ModernRequest.of("subscriptions/listen")
					.id(id)
					.param("notifications", filter)
					.header(UserHeader.NAME, user));
	}

	private static LiveExchange acknowledged(LiveExchange stream) {
		assertThat(stream.message().get("method").asString()).isEqualTo("notifications/subscriptions/acknowledged");
		// The acknowledgement comes before the events
		stream.awaitComment();
		return stream;
	}

	private static void assertMethods(LiveExchange stream, String... methods) {
		for (String method : methods) {
			assertThat(stream.message().get("method").asString()).isEqualTo(method);
		}
	}

	private static void assertInvalid(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(RunningServer.json(response).at("/error/code").asInt()).as(response.body()).isEqualTo(-32602);
	}

	static class ListenTools {

		@McpTool(name = "echo", description = "Says the same again")
		String echo(String text) {
			return text;
		}

		@McpResource(uri = NOTES, name = "notes", description = "Notes")
		String notes() {
			return "notes";
		}

	}

	/**
	 * Has connections that are soon full.
	 */
	@Configuration(proxyBeanMethods = false)
	static class SmallBuffers {

		@Bean
		TomcatConnectorCustomizer smallBuffers() {
			return (connector) -> connector.setProperty("socket.txBufSize", "4096");
		}

	}

}
