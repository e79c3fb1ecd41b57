// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.ResourcesUpdatedNotification;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a caller was once allowed to hear of it hears no longer than it may read it.
 */
class LostPermissionTests {

	private static final String SECRET = "docs://secret/7";

	private static final String OPEN = "docs://open";

	private static final String UPDATED = "notifications/resources/updated";

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = RunningServer.start(List.of("mcp.remote.security.enabled=true",
				"spring.autoconfigure.exclude=io.mcpremote.security.McpRemoteSecurityAutoConfiguration",
				"mcp.remote.sessions.enabled=true"), TestAuthentication.class, Denied.class, Docs.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void allowAll() {
		denied().names().clear();
	}

	@Test
	void legacyWhenLaterTokenLacksScopeThenHearsOfTheRestOnly() {
		LegacyClient reader = begin();
		subscribe(reader, SECRET);
		subscribe(reader, OPEN);
		try (LiveExchange stream = reader.with(TestAuthentication.as("")).listen()) {
			awaitListening(stream);
			update(SECRET);
			update(OPEN);
			assertThat(uri(stream)).isEqualTo(OPEN);
		}
		try (LiveExchange stream = reader.listen()) {
			awaitListening(stream);
			update(SECRET);
			assertThat(uri(stream)).isEqualTo(SECRET);
		}
		reader.delete();
	}

	@Test
	void legacyWhenSubscribedMeanwhileWithBetterTokenThenStreamHearsNothing() {
		LegacyClient reader = begin();
		subscribe(reader, OPEN);
		try (LiveExchange stream = reader.with(TestAuthentication.as("")).listen()) {
			awaitListening(stream);
			subscribe(reader, SECRET);
			update(SECRET);
			update(OPEN);
			assertThat(uri(stream)).isEqualTo(OPEN);
		}
		reader.delete();
	}

	@Test
	void legacyWhenResumedWithTokenThatLacksScopeThenMissedEventsAreLeftOut() {
		LegacyClient reader = begin();
		subscribe(reader, SECRET);
		subscribe(reader, OPEN);
		LiveExchange lost = reader.listen();
		awaitListening(lost);
		update(OPEN);
		assertThat(uri(lost)).isEqualTo(OPEN);
		String lastEventId = lost.lastEventId();
		lost.abort();
		update(SECRET);
		update(OPEN);
		try (LiveExchange resumed = reader.with(TestAuthentication.as("")).resume(lastEventId)) {
			assertThat(uri(resumed)).isEqualTo(OPEN);
			update(SECRET);
			update(OPEN);
			assertThat(uri(resumed)).isEqualTo(OPEN);
		}
		try (LiveExchange resumed = reader.resume(lastEventId)) {
			assertThat(uri(resumed)).isEqualTo(SECRET);
		}
		reader.delete();
	}

	@Test
	void legacyWhenAnotherStreamIsResumedWithBetterTokenThenStreamHearsNothingMore() {
		LegacyClient reader = begin();
		subscribe(reader, SECRET);
		subscribe(reader, OPEN);
		String call;
		try (LiveExchange called = reader.openTool(1, "talk", Map.of())) {
			called.message("notifications/message");
			call = called.lastEventId();
			called.response();
		}
		try (LiveExchange stream = reader.with(TestAuthentication.as("")).listen()) {
			awaitListening(stream);
			try (LiveExchange resumed = reader.resume(call)) {
				assertThat(resumed.rest()).hasSize(1);
			}
			update(SECRET);
			update(OPEN);
			assertThat(uri(stream)).isEqualTo(OPEN);
		}
		reader.delete();
	}

	@Test
	void legacyWhenDecisionChangesThenHearsNothingMore() {
		LegacyClient reader = begin();
		subscribe(reader, SECRET);
		subscribe(reader, OPEN);
		try (LiveExchange stream = reader.listen()) {
			awaitListening(stream);
			update(SECRET);
			assertThat(uri(stream)).isEqualTo(SECRET);
			denied().names().add(SECRET);
			update(SECRET);
			update(OPEN);
			assertThat(uri(stream)).isEqualTo(OPEN);
			denied().names().clear();
			update(SECRET);
			assertThat(uri(stream)).isEqualTo(SECRET);
		}
		reader.delete();
	}

	@Test
	void modernWhenDecisionChangesThenHearsNothingMore() {
		ModernRequest listen = ModernRequest.of("subscriptions/listen")
			.param("notifications", Map.of("resourceSubscriptions", List.of(SECRET, OPEN)));
		String[] headers = Stream.of(listen.headers(), TestAuthentication.as("SCOPE_docs"))
			.flatMap(Stream::of)
			.toArray(String[]::new);
		try (LiveExchange stream = LiveExchange.open(server, "POST", listen.body(), headers)) {
			stream.message("notifications/subscriptions/acknowledged");
			awaitUpdates(stream);
			denied().names().add(SECRET);
			update(SECRET);
			update(OPEN);
			assertThat(uri(stream)).isEqualTo(OPEN);
			denied().names().clear();
			update(SECRET);
			assertThat(uri(stream)).isEqualTo(SECRET);
		}
	}

	private static LegacyClient begin() {
		return LegacyClient.begin(server, "2025-11-25", "{}", TestAuthentication.as("SCOPE_docs"));
	}

	private static void subscribe(LegacyClient client, String uri) {
		assertThat(client.call(1, "resources/subscribe", Map.of("uri", uri)).statusCode()).isEqualTo(200);
	}

	/**
	 * Wait for the event without content after which nothing is missed.
	 */
	private static void awaitListening(LiveExchange stream) {
		assertThat(stream.status()).isEqualTo(200);
		assertThat(stream.next().data()).isEmpty();
	}

	private static void awaitUpdates(LiveExchange stream) {
		update(OPEN);
		assertThat(uri(stream)).isEqualTo(OPEN);
	}

	private static void update(String uri) {
		sdk().notifyResourcesUpdated(new ResourcesUpdatedNotification(uri));
	}

	private static McpSyncServer sdk() {
		return server.context().getBean(McpSyncServer.class);
	}

	private static Denied denied() {
		return server.context().getBean(Denied.class);
	}

	private static String uri(LiveExchange stream) {
		return stream.message(UPDATED).at("/params/uri").asString();
	}

	/**
	 * Denies what it is told to.
	 */
	static class Denied implements AccessDecision {

		private final Set<String> names = ConcurrentHashMap.newKeySet();

		Set<String> names() {
			return this.names;
		}

		@Override
		public boolean mayUse(Authentication caller, TargetKind kind, String name) {
			return !this.names.contains(name);
		}

	}

	static class Docs {

		@McpTool(name = "talk", description = "Talks")
		String talk(McpSyncRequestContext context) {
			context.info("talking");
			return "done";
		}

		@McpResource(uri = OPEN, name = "Open", description = "For everybody with a token")
		String open() {
			return "open";
		}

		@McpResource(uri = "docs://secret/{id}", name = "Secret", description = "For some")
		@ToolPolicy(scopes = "docs")
		String secret(String id) {
			return "secret " + id;
		}

	}

}
