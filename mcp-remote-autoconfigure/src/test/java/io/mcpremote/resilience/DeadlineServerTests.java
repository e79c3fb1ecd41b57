// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.mcpremote.call.CallAbandoned;
import io.mcpremote.call.CircuitChanged;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.UserHeader;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of tools that do not come to an end are answered all the same, and nobody waits
 * behind them.
 */
class DeadlineServerTests {

	private static RunningServer server;

	private final Run run = Run.begin();

	@BeforeAll
	static void start() {
		server = RunningServer.start(
				List.of("mcp.remote.sessions.enabled=true", "mcp.remote.tool-defaults.timeout=300ms",
						"mcp.remote.prompts.slow.timeout=300ms", "mcp.remote.tools.echo.timeout=30s",
						"mcp.remote.tools.careful.interruptible=false", "mcp.remote.deadline.max-abandoned=8"),
				Tools.class, UserHeader.class);
	}

	@AfterEach
	void release() {
		Run.ALL.values().forEach((any) -> any.release.countDown());
		Eventually.until("no tool runs", () -> Run.ALL.values().stream().allMatch(Run::isOver));
		Run.ALL.clear();
		DeadlineGuard guard = server.context().getBean(DeadlineGuard.class);
		Eventually.until("no call is abandoned", () -> guard.abandoned() == 0);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void callWhenToolIsStuckThenToldInTimeAndConnectionCloses() {
		HttpResponse<String> response = server.modern(ModernRequest.callTool("stuck", this.run.arguments()));
		assertThat(this.run.isOver()).isFalse();
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Connection")).contains("close");
		JsonNode message = RunningServer.json(response);
		assertThat(message.at("/result/isError").asBoolean()).isTrue();
		assertThat(RunningServer.text(message)).contains("300 ms").contains("Reference: ");
		assertEcho();
		assertThat(this.run.isOver()).isFalse();
	}

	@Test
	void callWhenStreamHasBegunThenToldInStreamAndConnectionCloses() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		try (LiveExchange call = client.openTool(1, "chatty", this.run.arguments())) {
			assertThat(call.header("Connection")).isEqualTo("close");
			assertThat(call.message("notifications/message")).isNotNull();
			assertThat(RunningServer.text(call.response())).contains("300 ms");
			assertThat(call.rest()).isEmpty();
			assertThat(this.run.isOver()).isFalse();
		}
	}

	@Test
	void callWhenToolWatchesForInterruptThenInterruptedOnceAndNobodyElse() {
		JsonNode message = RunningServer.json(server.modern(ModernRequest.callTool("watchful", this.run.arguments())));
		assertThat(RunningServer.text(message)).contains("300 ms");
		Eventually.until("the tool has ended", this.run::isOver);
		assertThat(this.run.interrupts).hasValue(1);
		for (int i = 0; i < 50; i++) {
			assertEcho();
		}
	}

	@Test
	void callWhenInterruptWouldHarmThenNone() {
		JsonNode message = RunningServer.json(server.modern(ModernRequest.callTool("careful", this.run.arguments())));
		assertThat(RunningServer.text(message)).contains("300 ms");
		this.run.release.countDown();
		Eventually.until("the tool has ended", this.run::isOver);
		assertThat(this.run.interrupts).hasValue(0);
	}

	@Test
	void cancelledWhenInterruptWouldHarmThenNone() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		try (LiveExchange call = client.openTool(1, "careful", this.run.arguments())) {
			Eventually.until("the tool runs", this.run.started);
			client.notify("notifications/cancelled", Map.of("requestId", 1));
			assertThat(call.rest()).isEmpty();
		}
		this.run.release.countDown();
		Eventually.until("the tool has ended", this.run::isOver);
		assertThat(this.run.interrupts).hasValue(0);
	}

	@Test
	void batchWhenOneIsStuckThenAllAreTold() {
		String stuck = LegacyClient.message(2, "tools/call",
				Map.of("name", "stuck", "arguments", this.run.arguments()));
		String ping = """
				{"jsonrpc":"2.0","id":%s,"method":"ping"}""";
		HttpResponse<String> response = server.post("[" + ping.formatted(1) + "," + stuck + "," + ping.formatted(3)
				+ ",{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}]");
		assertThat(this.run.isOver()).isFalse();
		JsonNode messages = RunningServer.json(response);
		assertThat(messages.size()).isEqualTo(3);
		assertThat(messages.get(0).has("result")).isTrue();
		assertThat(messages.get(1).get("id").asInt()).isEqualTo(2);
		assertThat(RunningServer.text(messages.get(1))).contains("300 ms");
		assertThat(messages.get(2).get("id").asInt()).isEqualTo(3);
		assertThat(messages.get(2).at("/error/message").asString()).contains("not begun");
	}

	@Test
	void batchWhenToolInterruptsItsOwnThreadThenNextOneIsNot() {
		HttpResponse<String> response = server
			.post("[" + LegacyClient.message(1, "tools/call", Map.of("name", "rude", "arguments", Map.of())) + ","
					+ LegacyClient.message(2, "tools/call", Map.of("name", "echo", "arguments", Map.of())) + "]");
		JsonNode messages = RunningServer.json(response);
		assertThat(RunningServer.text(messages.get(0))).isEqualTo("true");
		assertThat(RunningServer.text(messages.get(1))).isEqualTo("false");
	}

	@Test
	void promptWhenLateThenError() {
		HttpResponse<String> response = server.modern(ModernRequest.of("prompts/get")
			.param("name", "slow")
			.header("Mcp-Name", "slow")
			.param("arguments", this.run.arguments()));
		assertThat(this.run.isOver()).isFalse();
		JsonNode error = RunningServer.json(response).get("error");
		assertThat(error.get("code").asInt()).isEqualTo(-32603);
		assertThat(error.get("message").asString()).contains("300 ms");
	}

	@Test
	void callWhenPersonIsAskedThenTimeStandsStill() {
		LegacyClient client = LegacyClient.begin(server, "{\"elicitation\":{}}");
		try (LiveExchange asking = client.openTool(1, "asking", this.run.arguments())) {
			String question = asking.message("elicitation/create").get("id").asString();
			// Begun later and of the same length: when its time is over, so would be that
			// of the other
			Run other = Run.begin();
			assertThat(RunningServer
				.text(RunningServer.json(server.modern(ModernRequest.callTool("stuck", other.arguments())))))
				.contains("300 ms");
			client.answer(question, Map.of("action", "accept", "content", Map.of()));
			assertThat(RunningServer.text(asking.response())).isEqualTo("ACCEPT");
		}
	}

	@Test
	void callWhenTooManyAreStuckThenRefusedAndBrokenUntilTheyEnd() {
		String[] tools = { "stuck", "careful", "stubborn", "chatty" };
		for (int i = 0; i < 8; i++) {
			server.modern(ModernRequest.callTool(tools[i / 2], Run.begin().arguments())
				.header(UserHeader.NAME, "user-" + i % 4));
		}
		Eventually.until("it is broken", () -> liveness() == LivenessState.BROKEN);
		HttpResponse<String> refused = server.modern(ModernRequest.callTool("echo", Map.of()));
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(RunningServer.json(refused).at("/error/code").asInt()).isEqualTo(1503);
		Run.ALL.values().forEach((any) -> any.release.countDown());
		Eventually.until("it is well again", () -> liveness() == LivenessState.CORRECT);
		assertEcho();
	}

	@Test
	void callWhenOneUserHasTooManyStuckThenOnlyThatOneIsRefused() {
		for (String tool : List.of("stuck", "careful")) {
			server.modern(ModernRequest.callTool(tool, Run.begin().arguments()).header(UserHeader.NAME, "ada"));
		}
		HttpResponse<String> refused = server
			.modern(ModernRequest.callTool("echo", Map.of()).header(UserHeader.NAME, "ada"));
		assertThat(refused.statusCode()).isEqualTo(503);
		assertEcho();
		assertThat(liveness()).isEqualTo(LivenessState.CORRECT);
	}

	@ParameterizedTest
	@ValueSource(ints = { 295, 300, 305 })
	void callWhenItEndsAsItsTimeEndsThenOneAnswerAndNoStrayInterrupt(int millis) {
		Concurrently.run(6, (thread) -> {
			for (int i = 0; i < 5; i++) {
				HttpResponse<String> response = server
					.modern(ModernRequest.callTool("lasting", Map.of("millis", millis)));
				assertThat(response.statusCode()).isIn(200, 503);
				if (response.statusCode() == 200) {
					assertThat(RunningServer.text(RunningServer.json(response))).satisfiesAnyOf(
							(text) -> assertThat(text).isEqualTo("lasted"),
							(text) -> assertThat(text).contains("300 ms"));
				}
				HttpResponse<String> echoed = server.modern(ModernRequest.callTool("echo", Map.of()));
				assertThat(echoed.statusCode()).isIn(200, 503);
				if (echoed.statusCode() == 200) {
					assertThat(RunningServer.text(RunningServer.json(echoed))).isEqualTo("false");
				}
			}
		});
	}

	@Test
	void callWhenClientDoesNotReadThenGivenUpAllTheSame() throws IOException {
		List<String> properties = List.of("mcp.remote.tool-defaults.timeout=300ms",
				"server.tomcat.connection-timeout=10m");
		try (RunningServer patient = RunningServer.start(properties, Tools.class);
				Socket deaf = new Socket("127.0.0.1", patient.port())) {
			ModernRequest request = ModernRequest.callTool("flooding", this.run.arguments()).meta("logLevel", "info");
			deaf.getOutputStream().write(rawPost(request).getBytes(StandardCharsets.UTF_8));
			DeadlineGuard guard = patient.context().getBean(DeadlineGuard.class);
			Eventually.until("the call is given up", () -> guard.abandoned() == 1);
			assertEcho(patient);
			deaf.close();
			Eventually.until("the tool has ended", this.run.ended);
			Eventually.until("no call is abandoned", () -> guard.abandoned() == 0);
		}
	}

	@Test
	void callWhenListenerBlocksThenItsClientAndOthersAreAnsweredAllTheSame() {
		List<String> properties = List.of("mcp.remote.tool-defaults.timeout=300ms", "mcp.remote.tools.echo.timeout=30s",
				"resilience4j.circuitbreaker.instances.careful.sliding-window-size=1",
				"resilience4j.circuitbreaker.instances.careful.minimum-number-of-calls=1");
		try (RunningServer busy = RunningServer.start(properties, Tools.class, Deaf.class)) {
			Deaf deaf = busy.context().getBean(Deaf.class);
			try {
				for (String tool : List.of("careful", "stuck", "stubborn")) {
					JsonNode late = RunningServer
						.json(busy.modern(ModernRequest.callTool(tool, Run.begin().arguments())));
					assertThat(RunningServer.text(late)).contains("300 ms");
					Eventually.until("the listener has been told", deaf.entered);
				}
				JsonNode broken = RunningServer
					.json(busy.modern(ModernRequest.callTool("careful", Run.begin().arguments())));
				assertThat(RunningServer.text(broken)).contains("failed too often");
				assertEcho(busy);
				assertThat(deaf.release.getCount()).isOne();
				assertThat(deaf.heard).hasSize(1);
			}
			finally {
				deaf.release.countDown();
				Run.ALL.values().forEach((any) -> any.release.countDown());
			}
			Eventually.until("all has been told", () -> deaf.heard.size() == 4);
			assertThat(deaf.heard.stream().filter(CallAbandoned.class::isInstance).map(CallAbandoned.class::cast))
				.extracting(CallAbandoned::abandoned)
				.containsExactly(1, 2, 3);
		}
	}

	private static String rawPost(ModernRequest request) {
		String body = request.body();
		StringBuilder text = new StringBuilder("POST /mcp HTTP/1.1\r\nHost: localhost\r\n")
			.append("Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n");
		String[] headers = request.headers();
		for (int i = 0; i < headers.length; i += 2) {
			text.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
		}
		return text.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body).toString();
	}

	private static LivenessState liveness() {
		return server.context().getBean(ApplicationAvailability.class).getLivenessState();
	}

	private static void assertEcho() {
		assertEcho(server);
	}

	private static void assertEcho(RunningServer server) {
		JsonNode message = RunningServer.json(server.modern(ModernRequest.callTool("echo", Map.of())));
		assertThat(RunningServer.text(message)).isEqualTo("false");
	}

	static class Tools {

		@McpTool(name = "stuck", description = "Ignores interrupts")
		String stuck(String run) {
			return Run.ALL.get(run).stuck();
		}

		@McpTool(name = "stubborn", description = "Ignores interrupts as well")
		String stubborn(String run) {
			return Run.ALL.get(run).stuck();
		}

		@McpTool(name = "careful", description = "Would be harmed by interrupts")
		String careful(String run) {
			return Run.ALL.get(run).stuck();
		}

		@McpTool(name = "chatty", description = "Says something and ignores interrupts")
		String chatty(McpSyncRequestContext context, String run) {
			context.info("Still there");
			return Run.ALL.get(run).stuck();
		}

		@McpTool(name = "flooding", description = "Says more than anybody reads")
		String flooding(McpSyncRequestContext context, String run) {
			return Run.ALL.get(run).flooding(context);
		}

		@McpTool(name = "watchful", description = "Ends when interrupted")
		String watchful(String run) throws InterruptedException {
			return Run.ALL.get(run).watchful();
		}

		@McpTool(name = "lasting", description = "Takes some time")
		String lasting(int millis) {
			long until = System.nanoTime() + millis * 1_000_000L;
			while (System.nanoTime() < until) {
				LockSupport.parkNanos(200_000);
			}
			return "lasted";
		}

		@McpTool(name = "asking", description = "Asks a person")
		String asking(McpSyncRequestContext context, String run) {
			Run.ALL.get(run).ended.countDown();
			return context
				.elicit(ElicitFormRequest.builder("Really?", Map.of("type", "object", "properties", Map.of())).build())
				.action()
				.name();
		}

		@McpTool(name = "rude", description = "Leaves its thread interrupted")
		String rude() {
			Thread.currentThread().interrupt();
			return echo();
		}

		@McpTool(name = "echo", description = "Says whether it was interrupted")
		String echo() {
			return String.valueOf(Thread.currentThread().isInterrupted());
		}

		@McpPrompt(name = "slow", description = "Takes long")
		String slow(String run) {
			return Run.ALL.get(run).stuck();
		}

	}

	/**
	 * A listener of the application's that takes long.
	 */
	static class Deaf {

		final CountDownLatch entered = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		final List<Object> heard = new CopyOnWriteArrayList<>();

		@EventListener({ CallAbandoned.class, CircuitChanged.class })
		void on(Object event) {
			this.heard.add(event);
			this.entered.countDown();
			Eventually.until("the listener may go on", this.release);
		}

	}

	/**
	 * One run of a tool.
	 */
	private static final class Run {

		static final Map<String, Run> ALL = new ConcurrentHashMap<>();

		private static final AtomicInteger NAMES = new AtomicInteger();

		final String name = "run-" + NAMES.incrementAndGet();

		final CountDownLatch started = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		final CountDownLatch ended = new CountDownLatch(1);

		final AtomicInteger interrupts = new AtomicInteger();

		static Run begin() {
			Run run = new Run();
			ALL.put(run.name, run);
			return run;
		}

		Map<String, ?> arguments() {
			return Map.of("run", this.name);
		}

		/**
		 * Return whether the run has ended, or never began.
		 */
		boolean isOver() {
			return this.started.getCount() > 0 || this.ended.getCount() == 0;
		}

		String stuck() {
			this.started.countDown();
			while (this.release.getCount() > 0) {
				LockSupport.parkNanos(1_000_000);
				if (Thread.interrupted()) {
					this.interrupts.incrementAndGet();
				}
			}
			this.ended.countDown();
			return "released";
		}

		String flooding(McpSyncRequestContext context) {
			this.started.countDown();
			String much = "much ".repeat(20_000);
			try {
				while (this.release.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
					context.info(much);
				}
			}
			finally {
				this.ended.countDown();
			}
			return "released";
		}

		String watchful() throws InterruptedException {
			this.started.countDown();
			try {
				this.release.await();
				return "released";
			}
			catch (InterruptedException ex) {
				this.interrupts.incrementAndGet();
				throw ex;
			}
			finally {
				this.ended.countDown();
			}
		}

	}

}
