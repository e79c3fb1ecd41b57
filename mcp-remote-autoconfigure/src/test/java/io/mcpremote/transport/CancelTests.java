// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpAsyncRequestContext;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A call that is taken back is interrupted, once, and nobody else is.
 */
class CancelTests {

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = start(false);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callWhenModernClientHangsUpThenInterruptedOnce(boolean abruptly) {
		Run run = Run.begin();
		LiveExchange call = LiveExchange.open(server, ModernRequest.callTool("long", Map.of("run", run.name)));
		Eventually.until("the tool runs", run.started);
		assertThat(call.isEventStream()).isTrue();
		hangUp(call, abruptly);
		assertInterruptedOnce(run);
	}

	@Test
	void callWhenModernClientHangsUpBeforeAnyAnswerThenInterruptedOnce() {
		Run run = Run.begin();
		LiveExchange call = LiveExchange.open(server, ModernRequest.callTool("long", Map.of("run", run.name)));
		Eventually.until("the tool runs", run.started);
		call.abort();
		assertInterruptedOnce(run);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callWhenModernClientHangsUpAmidProgressThenInterruptedOnce(boolean abruptly) {
		Run run = Run.begin();
		LiveExchange call = LiveExchange.open(server,
				ModernRequest.callTool("progressing", Map.of("run", run.name)).rawMeta("progressToken", "p"));
		call.message("notifications/progress");
		hangUp(call, abruptly);
		assertInterruptedOnce(run);
	}

	@Test
	void callWhenModernClientOfReactiveToolHangsUpThenSubscriptionEnds() {
		Run run = Run.begin();
		LiveExchange call = LiveExchange.open(server, ModernRequest.callTool("reactive", Map.of("run", run.name)));
		Eventually.until("the tool runs", run.started);
		assertThat(call.isEventStream()).isTrue();
		call.abort();
		Eventually.until("the subscription is cancelled", run.interrupted);
		awaitNoCalls();
	}

	@Test
	void callWhenModernClientStaysThenNotInterrupted() {
		Run run = Run.begin();
		try (LiveExchange call = LiveExchange.open(server, ModernRequest.callTool("long", Map.of("run", run.name)))) {
			call.awaitComment();
			call.awaitComment();
			run.release.countDown();
			assertThat(RunningServer.text(call.response())).isEqualTo("done");
			assertThat(run.interrupts).hasValue(0);
		}
	}

	@Test
	void cancelledWhenModernThenIgnored() {
		Run run = Run.begin();
		try (LiveExchange call = LiveExchange.open(server,
				ModernRequest.callTool("long", Map.of("run", run.name)).id(5))) {
			Eventually.until("the tool runs", run.started);
			HttpResponse<String> cancelled = server.post("""
					{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}""",
					"MCP-Protocol-Version", "2026-07-28");
			assertThat(cancelled.statusCode()).isEqualTo(202);
			run.release.countDown();
			assertThat(RunningServer.text(call.response())).isEqualTo("done");
			assertThat(run.interrupts).hasValue(0);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callWhenLegacyClientHangsUpThenGoesOnAndResultCanBeFetched(boolean abruptly) {
		LegacyClient client = LegacyClient.begin(server, "{}");
		Run run = Run.begin();
		LiveExchange call = client.openTool(1, "long", Map.of("run", run.name));
		call.awaitComment();
		assertThat(call.lastEventId()).isNotNull();
		hangUp(call, abruptly);
		awaitBeats();
		run.release.countDown();
		Eventually.until("the tool ends", run.ended);
		assertThat(run.interrupts).hasValue(0);
		try (LiveExchange resumed = client.resume(call.lastEventId())) {
			assertThat(RunningServer.text(resumed.response())).isEqualTo("done");
			assertThat(resumed.rest()).isEmpty();
		}
	}

	@Test
	void callWhenStatelessLegacyClientHangsUpThenGoesOn() {
		Run run = Run.begin();
		LiveExchange call = LiveExchange.open(server, "POST",
				LegacyClient.message(1, "tools/call", Map.of("name", "long", "arguments", Map.of("run", run.name))));
		call.awaitComment();
		call.abort();
		awaitBeats();
		run.release.countDown();
		Eventually.until("the tool ends", run.ended);
		assertThat(run.interrupts).hasValue(0);
	}

	@Test
	void cancelledWhenNumberOrTextThenOnlyThatRequestEnds() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		Run number = Run.begin();
		Run text = Run.begin();
		try (LiveExchange numbered = client.openTool(1, "long", Map.of("run", number.name));
				LiveExchange named = client.openTool("1", "long", Map.of("run", text.name))) {
			Eventually.until("one tool runs", number.started);
			Eventually.until("the other tool runs", text.started);
			assertThat(client.notify("notifications/cancelled", Map.of("requestId", 1)).statusCode()).isEqualTo(202);
			Eventually.until("the tool is interrupted", number.interrupted);
			number.mayEnd.countDown();
			assertThat(numbered.rest()).isEmpty();
			text.release.countDown();
			assertThat(RunningServer.text(named.response())).isEqualTo("done");
			assertThat(text.interrupts).hasValue(0);
		}
	}

	@Test
	void cancelledWhenTextIdThenThatRequestEnds() {
		LegacyClient client = LegacyClient.begin(server, "2025-06-18", "{}");
		Run run = Run.begin();
		try (LiveExchange call = client.openTool("a", "long", Map.of("run", run.name))) {
			Eventually.until("the tool runs", run.started);
			client.notify("notifications/cancelled", Map.of("requestId", "a", "reason", "no longer wanted"));
			assertInterruptedOnce(run);
			assertThat(call.rest()).isEmpty();
		}
	}

	@Test
	void cancelledWhenAnswerIsStreamedThenStreamEndsWithoutResponse() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		Run run = Run.begin();
		try (LiveExchange call = client.openTool(1, "long", Map.of("run", run.name))) {
			call.awaitComment();
			client.notify("notifications/cancelled", Map.of("requestId", 1));
			assertInterruptedOnce(run);
			assertThat(call.rest()).isEmpty();
		}
	}

	@Test
	void cancelledWhenClientAcceptsJsonOnlyThenNoResponse() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		Run run = Run.begin();
		try (LiveExchange call = client.openTool(1, "long", Map.of("run", run.name), "Accept", "application/json")) {
			Eventually.until("the tool runs", run.started);
			client.notify("notifications/cancelled", Map.of("requestId", 1));
			assertInterruptedOnce(run);
			assertThat(call.rest()).isEmpty();
		}
	}

	@Test
	void cancelledWhenOnlyCallOfBatchThenStreamEndsWithoutEvent() {
		LegacyClient client = LegacyClient.begin(server, "2025-03-26", "{}");
		Run run = Run.begin();
		String batch = "["
				+ LegacyClient.message(1, "tools/call", Map.of("name", "long", "arguments", Map.of("run", run.name)))
				+ "]";
		try (LiveExchange call = LiveExchange.open(server, "POST", batch, client.headers())) {
			call.awaitComment();
			client.notify("notifications/cancelled", Map.of("requestId", 1));
			assertInterruptedOnce(run);
			assertThat(call.rest()).isEmpty();
			assertThat(call.seen()).allMatch(LiveExchange.Event::comment);
		}
	}

	@Test
	void cancelledWhenToolWaitsForAnswerThenEnds() {
		LegacyClient client = LegacyClient.begin(server, "{\"elicitation\":{}}");
		Run run = Run.begin();
		try (LiveExchange call = client.openTool(1, "asking", Map.of("run", run.name))) {
			JsonNode question = call.message("elicitation/create");
			client.notify("notifications/cancelled", Map.of("requestId", 1));
			Eventually.until("the tool ends", run.ended);
			assertThat(call.rest()).isEmpty();
			// Comes too late, which is nobody's fault
			assertThat(client.answer(question.get("id").asString(), Map.of("action", "cancel")).statusCode())
				.isEqualTo(202);
		}
		awaitNoCalls();
	}

	@Test
	void cancelledWhenForOthersOrForNothingThenNoEffect() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		LegacyClient other = LegacyClient.begin(server, "{}");
		Run run = Run.begin();
		try (LiveExchange call = client.openTool(1, "long", Map.of("run", run.name))) {
			Eventually.until("the tool runs", run.started);
			List<HttpResponse<String>> responses = new ArrayList<>();
			responses.add(other.notify("notifications/cancelled", Map.of("requestId", 1)));
			responses.add(client.notify("notifications/cancelled", Map.of("requestId", "1")));
			responses.add(client.notify("notifications/cancelled", Map.of("requestId", 2)));
			responses.add(client.notify("notifications/cancelled", Map.of("requestId", List.of(1))));
			responses.add(client.notify("notifications/cancelled", Map.of("reason", "none")));
			responses.add(server.post("""
					{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"""));
			assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(202);
			run.release.countDown();
			assertThat(RunningServer.text(call.response())).isEqualTo("done");
			assertThat(run.interrupts).hasValue(0);
		}
	}

	@Test
	void cancelledWhenCallHasEndedThenNextCallIsNotAffected() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		assertThat(RunningServer.text(RunningServer.json(client.tool(1, "probe", Map.of("millis", 0)))))
			.isEqualTo("calm");
		client.notify("notifications/cancelled", Map.of("requestId", 1));
		assertThat(RunningServer.text(RunningServer.json(client.tool(1, "probe", Map.of("millis", 20)))))
			.isEqualTo("calm");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void callWhenOthersAreTakenBackAtRandomThenNeverInterrupted(boolean virtual) throws Exception {
		if (virtual) {
			assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(21);
		}
		try (RunningServer busy = start(virtual)) {
			LongTools.disturbed.set(0);
			ExecutorService executor = Executors.newFixedThreadPool(6);
			try {
				List<Future<?>> all = new ArrayList<>();
				for (int worker = 0; worker < 2; worker++) {
					long seed = worker;
					all.add(executor.submit(() -> hangUpAtRandom(busy, new Random(seed))));
					all.add(executor.submit(() -> cancelAtRandom(busy, new Random(seed))));
					all.add(executor.submit(() -> probe(busy, 200)));
				}
				for (Future<?> each : all) {
					each.get(2, TimeUnit.MINUTES);
				}
			}
			finally {
				executor.shutdownNow();
			}
			CallsInFlight calls = busy.context().getBean(CallsInFlight.class);
			Eventually.until("all calls have ended", () -> calls.size() == 0);
			probe(busy, 50);
			assertThat(LongTools.disturbed).hasValue(0);
		}
	}

	private static void hangUpAtRandom(RunningServer busy, Random random) {
		for (int i = 0; i < 60; i++) {
			LiveExchange call = LiveExchange.unread(busy, 0, "POST", victim(random).body(), victim(random).headers());
			LockSupport.parkNanos(random.nextInt(15_000_000));
			call.abort();
		}
	}

	private static ModernRequest victim(Random random) {
		return ModernRequest.callTool("victim", Map.of("millis", 1 + random.nextInt(10))).rawMeta("progressToken", "p");
	}

	private static void cancelAtRandom(RunningServer busy, Random random) {
		LegacyClient client = LegacyClient.begin(busy, "{}");
		for (int i = 0; i < 60; i++) {
			try (LiveExchange call = client.openTool(i, "victim", Map.of("millis", random.nextInt(10)))) {
				LockSupport.parkNanos(random.nextInt(10_000_000));
				client.notify("notifications/cancelled", Map.of("requestId", i));
				call.rest();
			}
		}
	}

	private static void probe(RunningServer busy, int times) {
		for (int i = 0; i < times; i++) {
			HttpResponse<String> response = busy.modern(ModernRequest.callTool("probe", Map.of("millis", i % 3)));
			assertThat(RunningServer.text(RunningServer.json(response))).isEqualTo("calm");
		}
	}

	private static RunningServer start(boolean virtual) {
		return RunningServer.start(List.of("mcp.remote.sessions.enabled=true", "mcp.remote.stream.long-call-after=50ms",
				"mcp.remote.stream.call-heartbeat=50ms", "server.tomcat.threads.max=8",
				"spring.threads.virtual.enabled=" + virtual), LongTools.class);
	}

	private static void hangUp(LiveExchange call, boolean abruptly) {
		if (abruptly) {
			call.abort();
		}
		else {
			call.close();
		}
	}

	private static void assertInterruptedOnce(Run run) {
		Eventually.until("the tool is interrupted", run.interrupted);
		awaitBeats();
		run.mayEnd.countDown();
		Eventually.until("the tool ends", run.ended);
		assertThat(run.interrupts).hasValue(1);
		awaitNoCalls();
	}

	/**
	 * Wait until connections have been looked after several times.
	 */
	private static void awaitBeats() {
		Run other = Run.begin();
		try (LiveExchange call = LiveExchange.open(server, ModernRequest.callTool("long", Map.of("run", other.name)))) {
			call.awaitComment();
			call.awaitComment();
			call.awaitComment();
			other.release.countDown();
			call.response();
		}
	}

	private static void awaitNoCalls() {
		CallsInFlight calls = server.context().getBean(CallsInFlight.class);
		Eventually.until("no call is under way", () -> calls.size() == 0);
	}

	/**
	 * One run of a tool, as its test sees it.
	 */
	private static final class Run {

		private static final Map<String, Run> all = new ConcurrentHashMap<>();

		private static final AtomicInteger count = new AtomicInteger();

		private final String name = "run-" + count.incrementAndGet();

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		private final CountDownLatch interrupted = new CountDownLatch(1);

		private final CountDownLatch mayEnd = new CountDownLatch(1);

		private final CountDownLatch ended = new CountDownLatch(1);

		private final AtomicInteger interrupts = new AtomicInteger();

		static Run begin() {
			Run run = new Run();
			all.put(run.name, run);
			return run;
		}

		void noteInterrupt() {
			this.interrupts.incrementAndGet();
			this.interrupted.countDown();
		}

		/**
		 * Wait to be interrupted again.
		 */
		void linger() {
			while (this.mayEnd.getCount() > 0) {
				try {
					this.mayEnd.await(30, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					this.interrupts.incrementAndGet();
				}
			}
		}

	}

	static class LongTools {

		static final AtomicInteger disturbed = new AtomicInteger();

		@McpTool(name = "long", description = "Takes long")
		String longTool(String run) {
			Run current = Run.all.get(run);
			current.started.countDown();
			try {
				current.release.await(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				current.noteInterrupt();
				current.linger();
			}
			current.ended.countDown();
			return "done";
		}

		@McpTool(name = "progressing", description = "Takes long and says so")
		String progressing(McpSyncRequestContext context, String run) {
			Run current = Run.all.get(run);
			current.started.countDown();
			for (int i = 0; !Thread.interrupted() && i < 30_000; i++) {
				int step = i;
				context.progress((spec) -> spec.progress(step).total(30_000.0));
				LockSupport.parkNanos(1_000_000);
			}
			current.noteInterrupt();
			current.linger();
			current.ended.countDown();
			return "done";
		}

		@McpTool(name = "reactive", description = "Never ends by itself")
		Mono<String> reactive(McpAsyncRequestContext context, String run) {
			Run current = Run.all.get(run);
			return Mono.<String>never()
				.subscribeOn(Schedulers.boundedElastic())
				.doOnSubscribe((subscription) -> current.started.countDown())
				.doOnCancel(current::noteInterrupt);
		}

		@McpTool(name = "asking", description = "Asks and waits")
		String asking(McpSyncRequestContext context, String run) {
			try {
				return String.valueOf(
						context.elicit(ElicitFormRequest.builder("Well?", Map.of("type", "object")).build()).action());
			}
			finally {
				Run.all.get(run).ended.countDown();
			}
		}

		@McpTool(name = "victim", description = "May be taken back")
		String victim(McpSyncRequestContext context, int millis) {
			for (int i = 0; i < millis; i++) {
				context.progress(i);
				LockSupport.parkNanos(1_000_000);
			}
			return "done";
		}

		@McpTool(name = "probe", description = "Is never taken back")
		String probe(int millis) {
			try {
				if (Thread.currentThread().isInterrupted()) {
					throw new InterruptedException("before it began");
				}
				new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
				return "calm";
			}
			catch (InterruptedException ex) {
				disturbed.incrementAndGet();
				return "disturbed";
			}
		}

	}

}
