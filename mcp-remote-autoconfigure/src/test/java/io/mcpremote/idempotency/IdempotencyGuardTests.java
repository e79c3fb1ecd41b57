// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.Caller;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.ResultSnapshot;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.policy.TestPolicies;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.MutableClock;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is done once, and what is done again.
 */
class IdempotencyGuardTests {

	private static final Map<String, Object> ITEM = Map.of("item", "A-1");

	private final MutableClock clock = new MutableClock();

	private final AtomicInteger runs = new AtomicInteger();

	private IdempotencyStore store = new InMemoryIdempotencyStore(1_000_000, 100_000, this.clock);

	private boolean clientKeys = true;

	@Test
	void callWhenRepeatedThenDoneOnceUntilWindowEnds() {
		TestContext first = new TestContext();
		assertThat(text(run(call("pay", null, ITEM), first))).isEqualTo("done 1");
		assertThat(first.isKeptRunning()).isTrue();
		assertThat(first.attributes()).isEmpty();
		TestContext second = new TestContext();
		assertThat(text(run(call("pay", null, ITEM), second))).isEqualTo("done 1");
		assertThat(second.attribute("idempotency.repeated")).isEqualTo(true);
		assertThat(second.isKeptRunning()).isFalse();
		assertThat(text(run(call("pay", null, Map.of("item", "A-2"))))).isEqualTo("done 2");
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(text(run(call("pay", null, ITEM)))).isEqualTo("done 3");
	}

	@Test
	void callWhenNobodyAsksForItThenAsOftenAsMade() {
		TestContext context = new TestContext();
		run(call("plain", null, ITEM), context);
		run(call("plain", null, ITEM));
		assertThat(this.runs).hasValue(2);
		assertThat(context.isKeptRunning()).isFalse();
	}

	@Test
	void callWhenNoToolThenAsOftenAsMade() {
		McpCall read = new McpCall("c-1", Revision.V2026_07_28, "resources/read", "pay", Map.of(), TestCalls.ALICE,
				null, null, TraceContext.NONE, Instant.EPOCH);
		run(read);
		run(read);
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void callWhenOtherCallerThenTheirOwn() {
		for (Caller caller : List.of(TestCalls.ALICE, TestCalls.BOB,
				new Caller("alice", "https://issuer.example", "client-2", "192.0.2.1"),
				new Caller("alice", "https://other.example", "client-1", "192.0.2.1"),
				new Caller("alice", "https://issuer.example", "client-1", "192.0.2.1", "acme"))) {
			run(call("pay", null, ITEM, caller));
			run(call("pay", "k", ITEM, caller));
		}
		assertThat(this.runs).hasValue(10);
		run(call("pay", null, ITEM, new Caller("alice", "https://issuer.example", "client-1", "198.51.100.1")));
		assertThat(this.runs).as("from another network").hasValue(10);
	}

	@Test
	void callWhenAnonymousThenOnlyWithKey() {
		Caller caller = Caller.anonymous("192.0.2.1");
		run(call("pay", null, ITEM, caller));
		run(call("pay", null, ITEM, caller));
		assertThat(this.runs).hasValue(2);
		run(call("pay", "k", ITEM, caller));
		run(call("pay", "k", ITEM, caller));
		assertThat(this.runs).hasValue(3);
		run(call("pay", "k", ITEM, Caller.anonymous("198.51.100.1")));
		assertThat(this.runs).hasValue(4);
	}

	@Test
	void callWhenKeyIsTheSameThenDoneOnceForAnyTool() {
		assertThat(text(run(call("plain", "k1", ITEM)))).isEqualTo("done 1");
		assertThat(text(run(call("plain", "k1", ITEM)))).isEqualTo("done 1");
		assertThat(text(run(call("plain", "k2", ITEM)))).isEqualTo("done 2");
		assertThat(text(run(call("pay", "k1", ITEM)))).isEqualTo("done 3");
		assertThat(text(run(call("pay", "k3", ITEM)))).as("wanted twice").isEqualTo("done 4");
	}

	@Test
	void callWhenKeyIsUsedForOtherArgumentsThenRefused() {
		run(call("plain", "k1", ITEM));
		assertThat(run(call("plain", "k1", Map.of("item", "A-2")))).isInstanceOfSatisfying(Refusal.class, (refusal) -> {
			assertThat(refusal.reason()).isEqualTo(RefusalReason.INVALID_PARAMS);
			assertThat(refusal.message()).contains("io.mcpremote/idempotencyKey", "other arguments");
		});
		assertThat(this.runs).hasValue(1);
	}

	@ParameterizedTest
	@MethodSource
	void callWhenKeyIsUnfitThenRefused(Object key) {
		assertThat(run(call("plain", key, ITEM))).isInstanceOfSatisfying(Refusal.class,
				(refusal) -> assertThat(refusal.reason()).isEqualTo(RefusalReason.INVALID_PARAMS));
		assertThat(this.runs).hasValue(0);
		this.clientKeys = false;
		run(call("plain", key, ITEM));
		assertThat(this.runs).hasValue(1);
	}

	static Stream<Object> callWhenKeyIsUnfitThenRefused() {
		return Stream.of("", " ", "x".repeat(129), 7, List.of("k"), Map.of());
	}

	@Test
	void callWhenKeysAreSwitchedOffThenIgnored() {
		this.clientKeys = false;
		run(call("plain", "k1", ITEM));
		run(call("plain", "k1", ITEM));
		assertThat(this.runs).hasValue(2);
	}

	@ParameterizedTest
	@MethodSource
	void callWhenOutcomeIsNotCompleteThenDoneAgain(CallOutcome outcome) {
		for (Object key : new Object[] { null, "k" }) {
			assertThat(run(call("pay", key, ITEM), new TestContext(), answering(outcome))).isEqualTo(outcome);
			assertThat(text(run(call("pay", key, ITEM)))).startsWith("done");
		}
	}

	static Stream<CallOutcome> callWhenOutcomeIsNotCompleteThenDoneAgain() {
		return Stream.of(new Failure(FailureKind.FAILED, "", null), new Failure(FailureKind.CANCELLED, "", null),
				new Failure(FailureKind.INVALID_ARGUMENTS, "", null), new Failure(FailureKind.NOT_CONFIRMED, "", null),
				new Failure(FailureKind.CIRCUIT_OPEN, "", null), Refusals.unavailable("full", Duration.ofSeconds(1)),
				new InputRequired(Map.of(), "state"));
	}

	@ParameterizedTest
	@MethodSource
	void callWhenToolSaysThatItFailedThenKeptWithKeyOnly(CallOutcome outcome) {
		run(call("pay", null, ITEM), new TestContext(), answering(outcome));
		assertThat(text(run(call("pay", null, ITEM)))).isEqualTo("done 2");
		run(call("pay", "k", ITEM), new TestContext(), answering(outcome));
		CallOutcome again = run(call("pay", "k", ITEM));
		assertThat(text(again)).isEqualTo("Out of stock");
		assertThat(((CallToolResult) ((Result) again).value()).isError()).isTrue();
	}

	static Stream<CallOutcome> callWhenToolSaysThatItFailedThenKeptWithKeyOnly() {
		return Stream.of(new Result(CallToolResult.builder().addTextContent("Out of stock").isError(true).build()),
				new Failure(FailureKind.TOLD, "Out of stock", null));
	}

	@Test
	void callWhenResultWasTooLargeThenNotDoneAgain() {
		run(call("pay", null, ITEM), new TestContext(),
				answering(new Failure(FailureKind.OUTPUT_TOO_LARGE, "Narrow your query", null)));
		assertThat(text(run(call("pay", null, ITEM)))).isEqualTo("Narrow your query");
		run(call("pay", "large", ITEM), new TestContext(), answering(result("x".repeat(10_000))));
		assertThat(text(run(call("pay", "large", ITEM)))).contains("has been made before").doesNotContain("xx");
		run(call("pay", "odd", ITEM), new TestContext(), answering(new Result("no result of a tool")));
		assertThat(text(run(call("pay", "odd", ITEM)))).contains("has been made before");
		assertThat(this.runs).hasValue(3);
	}

	@Test
	void callWhenRoundIsMadeAgainThenItsResultButBeginningAnewIsAnother() {
		Map<String, Object> round = Map.of("arguments", ITEM, "requestState", "s1", "inputResponses",
				Map.of("q", Map.of("action", "accept")));
		run(call("pay", null, ITEM), new TestContext(), answering(new InputRequired(Map.of(), "s1")));
		assertThat(text(run(of("pay", round, TestCalls.ALICE)))).isEqualTo("done 2");
		assertThat(text(run(of("pay", round, TestCalls.ALICE)))).isEqualTo("done 2");
		assertThat(text(run(call("pay", null, ITEM)))).isEqualTo("done 3");
	}

	@Test
	void callWhenKeyIsSentWithRoundsThenAllOfThemAreOneCall() {
		Map<String, Object> round = new HashMap<>(call("pay", "k", ITEM).params());
		round.put("requestState", "s1");
		run(call("pay", "k", ITEM), new TestContext(), answering(new InputRequired(Map.of(), "s1")));
		assertThat(text(run(of("pay", round, TestCalls.ALICE)))).isEqualTo("done 2");
		assertThat(text(run(of("pay", round, TestCalls.ALICE)))).isEqualTo("done 2");
		assertThat(text(run(call("pay", "k", ITEM)))).isEqualTo("done 2");
	}

	@Test
	void callWhenFirstOneRunsThenOthersWaitForIt() {
		IdempotencyGuard guard = guard();
		CountDownLatch began = new CountDownLatch(1);
		CountDownLatch mayEnd = new CountDownLatch(1);
		CompletableFuture<CallOutcome> first = async(guard, new TestContext(), (context) -> {
			began.countDown();
			Eventually.until("the test goes on", mayEnd);
			return result("done " + this.runs.incrementAndGet());
		});
		Eventually.until("the first one runs", began);
		List<TestContext> contexts = Stream.generate(TestContext::new).limit(63).toList();
		List<CompletableFuture<CallOutcome>> others = contexts.stream()
			.map((context) -> async(guard, context, this::done))
			.toList();
		contexts.forEach((context) -> Eventually.until("it waits", context::isWaiting));
		mayEnd.countDown();
		assertThat(text(first.join())).isEqualTo("done 1");
		assertThat(others).allSatisfy((other) -> assertThat(text(other.join())).isEqualTo("done 1"));
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void callWhenTimeOfFirstOneIsOverThenLateResultIsKept() {
		TestContext late = new TestContext();
		CallOutcome outcome = run(call("pay", null, ITEM), late, (context) -> {
			late.expire(new Failure(FailureKind.DEADLINE, "Too late", null));
			assertThat(run(call("pay", null, ITEM))).isInstanceOfSatisfying(Refusal.class, (refusal) -> {
				assertThat(refusal.reason()).isEqualTo(RefusalReason.UNAVAILABLE);
				assertThat(refusal.headers()).containsKey("Retry-After");
			});
			context.attribute(CallContext.LATE, done(context));
			return new Failure(FailureKind.DEADLINE, "Too late", null);
		});
		assertThat(outcome).isInstanceOf(Failure.class);
		assertThat(text(run(call("pay", null, ITEM)))).isEqualTo("done 1");
	}

	@Test
	void callWhenTimeOfFirstOneIsOverAndItFailsThenDoneAgain() {
		TestContext late = new TestContext();
		run(call("pay", null, ITEM), late, (context) -> {
			late.expire(new Failure(FailureKind.DEADLINE, "Too late", null));
			context.attribute(CallContext.LATE, new Failure(FailureKind.FAILED, "Interrupted", null));
			return new Failure(FailureKind.DEADLINE, "Too late", null);
		});
		assertThat(text(run(call("pay", null, ITEM)))).isEqualTo("done 1");
	}

	@Test
	void callWhenFirstOneWaitsForPersonThenOthersDoNotWait() {
		TestContext asking = new TestContext().answering((key, request) -> {
			assertThat(run(call("pay", null, ITEM))).isInstanceOf(Refusal.class);
			return Map.of();
		});
		run(call("pay", null, ITEM), asking, (context) -> {
			context.ask("sure", new InputRequest("elicitation/create", Map.of()));
			return done(context);
		});
		assertThat(text(run(call("pay", null, ITEM)))).isEqualTo("done 1");
	}

	@Test
	void callWhenStoreFailsThenNotMade() {
		this.store = new FailingStore(true);
		assertThat(run(call("pay", null, ITEM))).isInstanceOfSatisfying(Refusal.class,
				(refusal) -> assertThat(refusal.reason()).isEqualTo(RefusalReason.UNAVAILABLE));
		assertThat(this.runs).hasValue(0);
		assertThat(text(run(call("plain", null, ITEM)))).isEqualTo("done 1");
	}

	@Test
	void callWhenStoreDoesNotTakeResultThenAnsweredAllTheSame() {
		this.store = new FailingStore(false);
		assertThat(text(run(call("pay", null, ITEM)))).isEqualTo("done 1");
		Failure failure = new Failure(FailureKind.FAILED, "", null);
		assertThat(run(call("pay", null, ITEM), new TestContext(), answering(failure))).isSameAs(failure);
	}

	private static CompletableFuture<CallOutcome> async(IdempotencyGuard guard, TestContext context,
			Function<CallContext, CallOutcome> target) {
		CompletableFuture<CallOutcome> done = new CompletableFuture<>();
		Thread thread = new Thread(() -> done
			.complete(guard.guard(call("pay", null, ITEM), context, (call, current) -> target.apply(current))));
		thread.setDaemon(true);
		thread.start();
		return done;
	}

	private CallOutcome run(McpCall call) {
		return run(call, new TestContext());
	}

	private CallOutcome run(McpCall call, TestContext context) {
		return run(call, context, this::done);
	}

	private CallOutcome run(McpCall call, TestContext context, Function<CallContext, CallOutcome> target) {
		return new CallPipeline(List.of(guard()), (same, current) -> target.apply(current)).run(call, context);
	}

	private IdempotencyGuard guard() {
		return new IdempotencyGuard(TestPolicies.of("tools.pay.idempotent=true"), new CallIdentities(this.clientKeys),
				this.store, new Outcomes(IdempotencyGuardTests::snapshot, 5000), Duration.ofMinutes(10), 0);
	}

	private CallOutcome done(CallContext context) {
		return result("done " + this.runs.incrementAndGet());
	}

	private Function<CallContext, CallOutcome> answering(CallOutcome outcome) {
		return (context) -> {
			this.runs.incrementAndGet();
			return outcome;
		};
	}

	private static McpCall call(String tool, Object key, Map<String, Object> arguments) {
		return call(tool, key, arguments, TestCalls.ALICE);
	}

	private static McpCall call(String tool, Object key, Map<String, Object> arguments, Caller caller) {
		Map<String, Object> meta = (key != null) ? Map.of("io.mcpremote/idempotencyKey", key) : Map.of("other", 1);
		return of(tool, Map.of("arguments", arguments, "_meta", meta), caller);
	}

	private static McpCall of(String tool, Map<String, Object> params, Caller caller) {
		return new McpCall("c-1", Revision.V2026_07_28, "tools/call", tool, params, caller, null, null,
				TraceContext.NONE, Instant.EPOCH);
	}

	private static Result result(String text) {
		return new Result(CallToolResult.builder().addTextContent(text).build());
	}

	private static String text(CallOutcome outcome) {
		assertThat(outcome).isInstanceOf(Result.class);
		return ((TextContent) ((CallToolResult) ((Result) outcome).value()).content().get(0)).text();
	}

	private static ResultSnapshot snapshot(Object value) {
		return (value instanceof CallToolResult result)
				? new ResultSnapshot(result, ((TextContent) result.content().get(0)).text().length()) : null;
	}

	/**
	 * A store that fails to begin or to end calls.
	 */
	private record FailingStore(boolean always) implements IdempotencyStore {

		@Override
		public Claim claim(CallIdentity call, Duration lease) {
			if (this.always) {
				throw new IllegalStateException("The store is down");
			}
			return Claim.CLAIMED;
		}

		@Override
		public void complete(CallIdentity call, ResultSnapshot result, Duration window) {
			throw new IllegalStateException("The store is down");
		}

		@Override
		public void release(CallIdentity call) {
			throw new IllegalStateException("The store is down");
		}

	}

}
