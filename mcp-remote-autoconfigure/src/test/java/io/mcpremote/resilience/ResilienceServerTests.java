// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.io.FileNotFoundException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.mcpremote.call.BulkheadFull;
import io.mcpremote.call.CircuitChanged;
import io.mcpremote.call.ToolException;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.MovableTime;
import io.mcpremote.test.MutableClock;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.UserHeader;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callers get when too much runs at once, or something keeps failing.
 */
class ResilienceServerTests {

	private static final String BREAKERS = "resilience4j.circuitbreaker.";

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = RunningServer
			.start(List.of("mcp.remote.concurrency.per-user=4", "mcp.remote.sessions.enabled=true",
					"resilience4j.bulkhead.instances.shared.max-concurrent-calls=3",
					BREAKERS + "configs.default.minimum-number-of-calls=4",
					BREAKERS + "configs.default.sliding-window-size=4",
					BREAKERS + "configs.default.wait-duration-in-open-state=20s",
					BREAKERS + "configs.default.permitted-number-of-calls-in-half-open-state=1", BREAKERS
							+ "configs.default.ignore-exceptions=java.util.NoSuchElementException,java.io.IOException"),
					Tools.class, Heard.class, MovableTime.class, UserHeader.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void callWhenUserHasEnoughRunningThenUnavailable() {
		HttpResponse<String> refused = crowd("slow", (i) -> "ursula", 4);
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
		JsonNode error = RunningServer.json(refused).get("error");
		assertThat(error.get("code").asInt()).isEqualTo(1503);
		assertThat(error.at("/data/level").asString()).isEqualTo("user");
		assertThat(error.at("/data/retryAfter").asInt()).isOne();
		assertThat(error.get("message").asString()).contains("one user may have 4 running");
		assertThat(server.context().getBean(Heard.class).full).anySatisfy((event) -> {
			assertThat(event.level()).isEqualTo("user");
			assertThat(event.target()).isEqualTo("slow");
			assertThat(event.caller().subject()).isEqualTo("ursula");
		});
	}

	@Test
	void callWhenToolMayRunSoOftenForOneUserThenUnavailable() {
		HttpResponse<String> refused = crowd("narrow", (i) -> "norbert", 2);
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(RunningServer.json(refused).at("/error/data/level").asString()).isEqualTo("tool");
	}

	@Test
	void callWhenToolMayRunSoOftenForAllThenUnavailable() {
		HttpResponse<String> refused = crowd("shared", (i) -> "user " + i, 3);
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(RunningServer.json(refused).at("/error/data/level").asString()).isEqualTo("total");
	}

	@Test
	void callWhenOneWaitsForPersonThenOthersOfItsUserRun() {
		LegacyClient client = LegacyClient.begin(server, "2025-11-25", "{\"elicitation\":{}}", UserHeader.NAME, "ada");
		try (LiveExchange first = client.openTool(1, "asks", Map.of())) {
			String one = first.message().get("id").asString();
			BulkheadGuard guard = server.context().getBean(BulkheadGuard.class);
			// One may run at a time, which the first does not as long as it waits
			Eventually.until("the call waits", () -> guard.users() == 0);
			try (LiveExchange second = client.openTool(2, "asks", Map.of())) {
				String two = second.message().get("id").asString();
				client.answer(one, Map.of("action", "accept", "content", Map.of()));
				assertThat(RunningServer.text(first.response())).isEqualTo("ACCEPT");
				client.answer(two, Map.of("action", "accept", "content", Map.of()));
				assertThat(RunningServer.text(second.response())).isEqualTo("ACCEPT");
			}
		}
		try (LiveExchange third = client.openTool(3, "asks", Map.of())) {
			client.answer(third.message().get("id").asString(), Map.of("action", "decline"));
			assertThat(RunningServer.text(third.response())).isEqualTo("DECLINE");
		}
		client.delete();
	}

	@Test
	void callWhenToolKeepsFailingThenToldWhenToTryAgainUntilItWorks() {
		Tools.broken = true;
		Heard heard = server.context().getBean(Heard.class);
		fail("broken", 4);
		int calls = Tools.calls.get();
		HttpResponse<String> refused = call("broken", "fred");
		assertThat(refused.statusCode()).isEqualTo(200);
		JsonNode message = RunningServer.json(refused);
		assertThat(message.at("/result/isError").asBoolean()).isTrue();
		assertThat(RunningServer.text(message)).contains("'broken' has failed too often", "Try again in 20 seconds",
				"Reference: ");
		assertThat(Tools.calls).hasValue(calls);
		Tools.broken = false;
		MutableClock clock = server.context().getBean(MutableClock.class);
		clock.advance(Duration.ofSeconds(21));
		assertThat(RunningServer.text(RunningServer.json(call("broken", "fred")))).isEqualTo("mended");
		Eventually.until("the last change has been heard", () -> heard.of("broken").contains("closed"));
		assertThat(heard.of("broken")).containsExactly("open", "half-open", "closed");
	}

	@Test
	void callWhenTimeIsOverThenFailureAtOnceAndPermitUntilThreadIsFree() {
		CountDownLatch gate = new CountDownLatch(1);
		Tools.gate = gate;
		try {
			JsonNode late = RunningServer.json(call("stuck", "stan"));
			assertThat(late.at("/result/isError").asBoolean()).isTrue();
			Eventually.until("the breaker has heard",
					() -> breaker("stuck").getMetrics().getNumberOfFailedCalls() == 1);
			HttpResponse<String> refused = call("stuck", "stan");
			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(RunningServer.json(refused).at("/error/data/level").asString()).isEqualTo("tool");
		}
		finally {
			gate.countDown();
		}
		BulkheadGuard guard = server.context().getBean(BulkheadGuard.class);
		Eventually.until("the thread is free", () -> guard.users() == 0);
		assertThat(breaker("stuck").getMetrics().getNumberOfBufferedCalls()).isOne();
		assertThat(call("stuck", "stan").statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenReactiveToolKeepsFailingThenOpen() {
		fail("reactive", 4);
		assertThat(RunningServer.text(RunningServer.json(call("reactive", "fred")))).contains("failed too often");
	}

	@ParameterizedTest
	@ValueSource(strings = { "prompts/get", "resources/read" })
	void callWhenPromptOrResourceKeepsFailingThenError(String method) {
		ModernRequest request = (method.startsWith("prompts"))
				? ModernRequest.of(method).param("name", "gone").header("Mcp-Name", "gone")
				: ModernRequest.of(method).param("uri", "gone://1").header("Mcp-Name", "gone://1");
		for (int i = 0; i < 4; i++) {
			assertThat(RunningServer.json(server.modern(request)).at("/error/message").asString())
				.contains("failed inside the server");
		}
		JsonNode error = RunningServer.json(server.modern(request)).get("error");
		assertThat(error.get("code").asInt()).isEqualTo(-32603);
		assertThat(error.get("message").asString()).contains("Try again in 20 seconds");
	}

	@ParameterizedTest
	@ValueSource(strings = { "picky", "picky_reactive", "tells" })
	void callWhenFailureIsNoneThenStaysClosed(String tool) {
		fail(tool, 10);
		assertThat(breaker(tool).getState()).isEqualTo(CircuitBreaker.State.CLOSED);
		assertThat(breaker(tool).getMetrics().getNumberOfFailedCalls()).isZero();
	}

	@Test
	void callWhenNoSuchToolThenNoBreaker() {
		for (int i = 0; i < 6; i++) {
			call("made up " + i, "mallory");
		}
		assertThat(server.context().getBean(CircuitBreakerRegistry.class).getAllCircuitBreakers())
			.noneMatch((breaker) -> breaker.getName().startsWith("made up"));
	}

	@Test
	void callWhenToolIsAddedAndRemovedThenHasBreakerWhileItIsThere() {
		McpSyncServer mcp = server.context().getBean(McpSyncServer.class);
		mcp.addTool(new SyncToolSpecification(Tool.builder("late", Map.of("type", "object")).build(),
				(exchange, request) -> CallToolResult.builder().addTextContent("better than never").build()));
		assertThat(RunningServer.text(RunningServer.json(call("late", "fred")))).isEqualTo("better than never");
		assertThat(server.context().getBean(Breakers.class).states())
			.anySatisfy((state) -> assertThat(state.target()).isEqualTo("late"));
		mcp.removeTool("late");
		assertThat(RunningServer.json(call("late", "fred")).at("/error/message").asString()).contains("Unknown tool");
	}

	/**
	 * Make many calls at once and let them run until all others are refused.
	 * @return one that was refused
	 */
	private static HttpResponse<String> crowd(String tool, IntFunction<String> users, int admitted) {
		int calls = 24;
		CountDownLatch gate = new CountDownLatch(calls - admitted);
		Tools.gate = gate;
		List<HttpResponse<String>> refused = new CopyOnWriteArrayList<>();
		AtomicInteger served = new AtomicInteger();
		Concurrently.run(calls, (i) -> {
			HttpResponse<String> response = call(tool, users.apply(i));
			if (response.statusCode() == 200) {
				served.incrementAndGet();
			}
			else {
				refused.add(response);
				gate.countDown();
			}
		});
		assertThat(served).hasValue(admitted);
		assertThat(call(tool, users.apply(0)).statusCode()).isEqualTo(200);
		return refused.get(0);
	}

	private static void fail(String tool, int times) {
		assertThat(IntStream.range(0, times).mapToObj((i) -> RunningServer.json(call(tool, "fred"))))
			.allSatisfy((message) -> assertThat(message.at("/result/isError").asBoolean()).isTrue());
	}

	private static CircuitBreaker breaker(String name) {
		return server.context().getBean(CircuitBreakerRegistry.class).find(name).orElseThrow();
	}

	private static HttpResponse<String> call(String tool, String user) {
		return server.modern(ModernRequest.callTool(tool, Map.of()).header(UserHeader.NAME, user));
	}

	static class Heard {

		final List<BulkheadFull> full = new CopyOnWriteArrayList<>();

		final List<CircuitChanged> changes = new CopyOnWriteArrayList<>();

		@EventListener
		void on(BulkheadFull event) {
			this.full.add(event);
		}

		@EventListener
		void on(CircuitChanged event) {
			this.changes.add(event);
		}

		List<String> of(String target) {
			return this.changes.stream()
				.filter((event) -> event.target().equals(target))
				.map(CircuitChanged::to)
				.toList();
		}

	}

	static class Tools {

		static final AtomicInteger calls = new AtomicInteger();

		static volatile boolean broken;

		static volatile CountDownLatch gate = new CountDownLatch(0);

		@McpTool(name = "slow", description = "Takes its time")
		String slow() {
			Eventually.until("all others are refused", gate);
			return "slow";
		}

		@McpTool(name = "narrow", description = "Two at a time for everyone")
		@ToolPolicy(maxConcurrency = 2)
		String narrow() {
			return slow();
		}

		@McpTool(name = "shared", description = "Three at a time for all together")
		String shared() {
			return slow();
		}

		@McpTool(name = "stuck", description = "Takes longer than it may, whatever it is told")
		@ToolPolicy(maxConcurrency = 1, timeout = "100ms", interruptible = false)
		String stuck() {
			return slow();
		}

		@McpTool(name = "asks", description = "Asks a question")
		@ToolPolicy(maxConcurrency = 1)
		String asks(McpSyncRequestContext context) {
			return String.valueOf(context.elicit((spec) -> spec.message("Sure?"), Map.class).action());
		}

		@McpTool(name = "broken", description = "Fails for a while")
		String broken() {
			calls.incrementAndGet();
			if (broken) {
				throw new IllegalStateException("The backend is gone");
			}
			return "mended";
		}

		@McpTool(name = "reactive", description = "Fails later")
		Mono<String> reactive() {
			return Mono.error(new IllegalStateException("The backend is gone"));
		}

		@McpTool(name = "picky", description = "Knows no order")
		String picky() {
			throw new NoSuchElementException("No such order");
		}

		@McpTool(name = "picky_reactive", description = "Knows no order later")
		Mono<String> pickyReactive() {
			return Mono.error(new FileNotFoundException("No such order"));
		}

		@McpTool(name = "tells", description = "Says why")
		String tells() {
			throw new ToolException("There is no such order");
		}

		@McpPrompt(name = "gone", description = "Fails")
		String prompt() {
			throw new IllegalStateException("gone");
		}

		@McpResource(uri = "gone://{id}", name = "gone", description = "Fails")
		String resource(String id) {
			throw new IllegalStateException("gone");
		}

	}

}
