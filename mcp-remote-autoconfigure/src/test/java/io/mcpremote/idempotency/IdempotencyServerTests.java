// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that make a call again after they have lost their connection.
 */
class IdempotencyServerTests {

	private static final String KEY = "io.mcpremote/idempotencyKey";

	private static TestIssuer issuer;

	private static RunningServer server;

	@BeforeAll
	static void start() {
		issuer = new TestIssuer();
		List<String> properties = new ArrayList<>(issuer.properties());
		properties.addAll(List.of("mcp.remote.sessions.enabled=true", "mcp.remote.tools.open.access=public",
				"mcp.remote.stream.long-call-after=50ms", "mcp.remote.stream.call-heartbeat=50ms"));
		server = RunningServer.secured(properties, Tools.class, Counting.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		issuer.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callWhenConnectionBreaksAndCallIsMadeAgainThenToolRunsOnce(boolean keyed) {
		Gate gate = Gate.of("broken " + keyed);
		ModernRequest request = pay("alice", gate).id(1);
		if (keyed) {
			request = ModernRequest.callTool("plain", Map.of("gate", gate.name))
				.header("Authorization", "Bearer " + token("alice"))
				.rawMeta(KEY, UUID.randomUUID().toString());
		}
		LiveExchange broken = LiveExchange.open(server, request);
		broken.awaitComment();
		Eventually.until("the tool runs", gate.started);
		broken.abort();
		LiveExchange again = LiveExchange.open(server, request.id(2));
		again.awaitComment();
		again.awaitComment();
		gate.release.countDown();
		JsonNode response = again.response();
		assertThat(RunningServer.text(response)).isEqualTo("paid 1");
		assertThat(response.get("id").asInt()).isEqualTo(2);
		again.close();
		assertThat(RunningServer.text(RunningServer.json(server.modern(request.id(3))))).isEqualTo("paid 1");
		assertThat(gate.runs).hasValue(1);
		assertThat(gate.interrupts).hasValue(0);
	}

	@Test
	void callWhenConnectionBreaksAndToolEndsBeforeItIsMadeAgainThenItsResult() {
		Gate gate = Gate.of("gone");
		int before = server.context().getBean(Counting.class).ended.get();
		LiveExchange broken = LiveExchange.open(server, pay("carol", gate));
		broken.awaitComment();
		broken.abort();
		gate.release.countDown();
		Eventually.until("the first call has ended",
				() -> server.context().getBean(Counting.class).ended.get() > before);
		assertThat(text(pay("carol", gate))).isEqualTo("paid 1");
		assertThat(text(pay("dave", gate))).as("another user").isEqualTo("paid 2");
		assertThat(gate.interrupts).hasValue(0);
	}

	@Test
	void callWhenTwoClientsOfOneUserThenEachItsOwn() {
		Gate gate = Gate.open("clients");
		for (String client : List.of("one", "two", "one")) {
			String token = issuer.token(server.resource(), "erin", (claims) -> claims.claim("client_id", client));
			ModernRequest request = ModernRequest.callTool("pay", Map.of("gate", gate.name))
				.header("Authorization", "Bearer " + token);
			server.modern(request);
		}
		assertThat(gate.runs).hasValue(2);
	}

	@Test
	void callWhenLegacyThenTooAndAcrossSessions() {
		Gate gate = Gate.open("legacy");
		String[] headers = { "Authorization", "Bearer " + token("frank") };
		LegacyClient first = LegacyClient.begin(server, "2025-11-25", "{}", headers);
		LegacyClient second = LegacyClient.begin(server, "2025-11-25", "{}", headers);
		for (LegacyClient client : List.of(first, second)) {
			assertThat(RunningServer.text(RunningServer.json(client.tool(1, "pay", Map.of("gate", gate.name)))))
				.isEqualTo("paid 1");
		}
		assertThat(text(pay("frank", gate))).isEqualTo("paid 1");
	}

	@Test
	void cancelledWhenLegacyThenTakenBackAndDoneAgain() {
		Gate gate = Gate.of("cancelled");
		LegacyClient client = LegacyClient.begin(server, "2025-11-25", "{}", "Authorization",
				"Bearer " + token("gina"));
		try (LiveExchange call = client.openTool(1, "pay", Map.of("gate", gate.name))) {
			Eventually.until("the tool runs", gate.started);
			client.notify("notifications/cancelled", Map.of("requestId", 1));
			assertThat(call.rest()).isEmpty();
		}
		assertThat(gate.interrupts).hasValue(1);
		gate.release.countDown();
		assertThat(text(pay("gina", gate))).isEqualTo("paid 2");
	}

	@Test
	void callWhenKeyIsUsedForOtherArgumentsThenRefused() {
		String key = UUID.randomUUID().toString();
		Gate one = Gate.open("one");
		Gate other = Gate.open("other");
		server.modern(pay("henry", one).rawMeta(KEY, key));
		HttpResponse<String> refused = server.modern(pay("henry", other).rawMeta(KEY, key));
		assertThat(RunningServer.json(refused).at("/error/code").asInt()).isEqualTo(-32602);
		assertThat(other.runs).hasValue(0);
		assertThat(text(pay("ian", other).rawMeta(KEY, key))).as("somebody else's key").isEqualTo("paid 1");
	}

	@Test
	void callWhenAnonymousThenOnlyWithKey() {
		String key = UUID.randomUUID().toString();
		ModernRequest request = ModernRequest.callTool("open", Map.of());
		assertThat(text(request)).isNotEqualTo(text(request));
		request.rawMeta(KEY, key);
		assertThat(text(request)).isEqualTo(text(request));
	}

	@Test
	void callWhenRoundIsMadeAgainThenItsResult() {
		ModernRequest begin = ModernRequest.callTool("asks", Map.of())
			.capabilities(Map.of("elicitation", Map.of()))
			.header("Authorization", "Bearer " + token("judy"));
		String state = RunningServer.json(server.modern(begin)).at("/result/requestState").asString();
		begin.param("requestState", state)
			.param("inputResponses", Map.of("elicitation/create-1", Map.of("action", "accept", "content", Map.of())));
		String answer = text(begin);
		assertThat(answer).startsWith("ACCEPT");
		assertThat(text(begin)).isEqualTo(answer);
		ModernRequest anew = ModernRequest.callTool("asks", Map.of())
			.capabilities(Map.of("elicitation", Map.of()))
			.header("Authorization", "Bearer " + token("judy"));
		assertThat(RunningServer.json(server.modern(anew)).at("/result/resultType").asString())
			.isEqualTo("input_required");
	}

	@Test
	void callWhenTimeIsOverThenNotDoneAgainWhileItRuns() {
		Gate gate = Gate.of("late");
		ModernRequest request = ModernRequest.callTool("hasty", Map.of("gate", gate.name))
			.header("Authorization", "Bearer " + token("kim"));
		assertThat(text(request)).contains("took longer than 200 ms");
		Eventually.until("the tool runs", gate.started);
		HttpResponse<String> again = server.modern(request);
		assertThat(again.statusCode()).isEqualTo(503);
		assertThat(again.headers().firstValue("Retry-After")).hasValue("2");
		int before = server.context().getBean(Counting.class).ended.get();
		gate.release.countDown();
		Eventually.until("the first call has ended",
				() -> server.context().getBean(Counting.class).ended.get() > before);
		assertThat(text(request)).isEqualTo("paid 1");
		assertThat(gate.runs).hasValue(1);
	}

	private static ModernRequest pay(String user, Gate gate) {
		return ModernRequest.callTool("pay", Map.of("gate", gate.name))
			.header("Authorization", "Bearer " + token(user));
	}

	private static String token(String user) {
		return issuer.token(server.resource(), user);
	}

	private static String text(ModernRequest request) {
		return RunningServer.text(RunningServer.json(server.modern(request)));
	}

	/**
	 * Counts calls that have come to their end.
	 */
	static class Counting implements CallGuard {

		final AtomicInteger ended = new AtomicInteger();

		@Override
		public CallStage stage() {
			return CallStage.OBSERVE;
		}

		@Override
		public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
			try {
				return next.proceed(call, context);
			}
			finally {
				this.ended.incrementAndGet();
			}
		}

	}

	/**
	 * What a test and a tool know of each other.
	 */
	static final class Gate {

		private static final Map<String, Gate> ALL = new ConcurrentHashMap<>();

		final CountDownLatch started = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		final AtomicInteger runs = new AtomicInteger();

		final AtomicInteger interrupts = new AtomicInteger();

		final String name;

		Gate(String name) {
			this.name = name;
		}

		static Gate of(String name) {
			return ALL.computeIfAbsent(name, Gate::new);
		}

		static Gate open(String name) {
			Gate gate = of(name);
			gate.release.countDown();
			return gate;
		}

	}

	static class Tools {

		private final AtomicInteger runs = new AtomicInteger();

		@McpTool(name = "pay", description = "Pays")
		@ToolPolicy(idempotent = true)
		String pay(String gate) throws InterruptedException {
			return pass(Gate.of(gate));
		}

		@McpTool(name = "hasty", description = "Pays")
		@ToolPolicy(idempotent = true, timeout = "200ms", interruptible = false)
		String hasty(String gate) throws InterruptedException {
			return pass(Gate.of(gate));
		}

		@McpTool(name = "plain", description = "Pays")
		String plain(String gate) throws InterruptedException {
			return pass(Gate.of(gate));
		}

		@McpTool(name = "open", description = "For everybody")
		@ToolPolicy(idempotent = true)
		String open() {
			return Integer.toString(this.runs.incrementAndGet());
		}

		@McpTool(name = "asks", description = "Asks a question")
		@ToolPolicy(idempotent = true)
		String asks(McpSyncRequestContext context) {
			return context.elicit((spec) -> spec.message("Sure?"), Map.class).action() + " "
					+ this.runs.incrementAndGet();
		}

		private static String pass(Gate gate) throws InterruptedException {
			int run = gate.runs.incrementAndGet();
			gate.started.countDown();
			try {
				gate.release.await();
			}
			catch (InterruptedException ex) {
				gate.interrupts.incrementAndGet();
				throw ex;
			}
			return "paid " + run;
		}

	}

}
