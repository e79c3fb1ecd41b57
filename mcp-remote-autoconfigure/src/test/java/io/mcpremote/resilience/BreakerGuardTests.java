// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CircuitAdded;
import io.mcpremote.call.CircuitChanged;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TargetKind;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.MutableClock;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What keeps failing is left alone for a while, and what does not count is not counted.
 */
class BreakerGuardTests {

	private static final CallOutcome DONE = new Result("done");

	private static final CallOutcome FAILED = new Failure(FailureKind.FAILED, "no", new IOException("gone"));

	private static final CallOutcome DEADLINE = new Failure(FailureKind.DEADLINE, "too late", null);

	private final MutableClock clock = new MutableClock();

	private final TestCatalog catalog = new TestCatalog("echo", "report");

	private final List<Object> events = new CopyOnWriteArrayList<>();

	private final List<CircuitAdded> added = new CopyOnWriteArrayList<>();

	private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(BreakerSettings.usual(this.clock));

	private final Circuits circuits = circuits(this.registry, null);

	private final BreakerGuard guard = new BreakerGuard(this.circuits);

	@Test
	void guardWhenHalfOfAtLeastTwentyFailThenOpen() {
		run(10, DONE);
		run(9, FAILED);
		assertThat(breaker().getState()).isEqualTo(State.CLOSED);
		run(1, FAILED);
		AtomicInteger called = new AtomicInteger();
		CallOutcome outcome = this.guard.guard(TestCalls.tool(), new TestContext(), (call, context) -> {
			called.incrementAndGet();
			return DONE;
		});
		assertThat(called).hasValue(0);
		assertThat(outcome).isEqualTo(new Failure(FailureKind.CIRCUIT_OPEN,
				"'echo' has failed too often of late and is not called for the time being. Try again in 30 seconds, not"
						+ " before, or do without it. Reference: c-1",
				null));
		assertThat(run(call("report"), DONE)).isEqualTo(DONE);
	}

	@Test
	void guardWhenCalledForTheFirstTimeThenToldOfABreakerOnce() {
		run(3, DONE);
		run(call("report"), DONE);
		run(call("made-up"), DONE);
		assertThat(this.added).containsExactly(new CircuitAdded(TargetKind.TOOL, "echo", "closed"),
				new CircuitAdded(TargetKind.TOOL, "report", "closed"));
		assertThat(this.events).isEmpty();
	}

	@Test
	void guardWhenTimeHasPassedThenTriesAndCloses() {
		run(20, FAILED);
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(message()).contains("in 20 seconds");
		this.clock.advance(Duration.ofMillis(20_001));
		run(5, DONE);
		assertThat(breaker().getState()).isEqualTo(State.CLOSED);
		assertThat(this.events).containsExactly(changed("closed", "open"), changed("open", "half-open"),
				changed("half-open", "closed"));
	}

	@Test
	void guardWhenItStillFailsThenOpensAgain() {
		run(20, FAILED);
		this.clock.advance(Duration.ofSeconds(31));
		run(5, FAILED);
		assertThat(breaker().getState()).isEqualTo(State.OPEN);
		assertThat(message()).contains("in 30 seconds");
		assertThat(this.events).endsWith(changed("half-open", "open"));
	}

	@Test
	void guardWhenOthersTryItOutThenToldToComeBackSoon() {
		run(20, FAILED);
		this.clock.advance(Duration.ofSeconds(31));
		assertThat(deep(5, () -> message())).contains("in 5 seconds");
	}

	@Test
	void guardWhenWaitGrowsThenToldHowLong() {
		CircuitBreakerConfig config = CircuitBreakerConfig.from(BreakerSettings.usual(this.clock))
			.waitIntervalFunctionInOpenState((attempt) -> attempt * 60_000L)
			.build();
		this.registry.circuitBreaker("echo", config);
		run(20, FAILED);
		assertThat(message()).contains("in 60 seconds");
		this.clock.advance(Duration.ofSeconds(61));
		run(5, FAILED);
		assertThat(message()).contains("in 120 seconds");
	}

	@Test
	void guardWhenSomebodyForcesItOpenThenNoTimeIsPromised() {
		run(1, DONE);
		breaker().transitionToForcedOpenState();
		assertThat(message()).contains("Do without it.").doesNotContain("seconds");
		assertThat(this.events).containsExactly(changed("closed", "forced-open"));
	}

	@ParameterizedTest
	@MethodSource
	void guardWhenTargetAnswersThenNoFailure(CallOutcome outcome) {
		run(30, outcome);
		assertThat(breaker().getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(30);
		assertThat(breaker().getState()).isEqualTo(State.CLOSED);
	}

	static Stream<CallOutcome> guardWhenTargetAnswersThenNoFailure() {
		return Stream.of(DONE, new Result(Map.of("isError", true)),
				new Failure(FailureKind.TOLD, "There is no such order", new IllegalStateException()),
				new Failure(FailureKind.OUTPUT_TOO_LARGE, "Ask for less", null), rpcError(-32602), rpcError(-32000));
	}

	@ParameterizedTest
	@MethodSource
	void guardWhenTargetFailsThenFailure(CallOutcome outcome) {
		run(20, outcome);
		assertThat(breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(20);
		assertThat(breaker().getState()).isEqualTo(State.OPEN);
	}

	static Stream<CallOutcome> guardWhenTargetFailsThenFailure() {
		return Stream.of(FAILED, DEADLINE, new Failure(FailureKind.FAILED, "nothing thrown", null), rpcError(-32603));
	}

	@ParameterizedTest
	@MethodSource("uncounted")
	void guardWhenTargetHadNoChanceThenNotCounted(CallOutcome outcome) {
		run(30, outcome);
		assertThat(breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
	}

	@ParameterizedTest
	@MethodSource("uncounted")
	void guardWhenTriedOutAndNotCountedThenPermissionComesBack(CallOutcome outcome) {
		run(20, FAILED);
		this.clock.advance(Duration.ofSeconds(31));
		assertThat(run(call("echo"), outcome)).isEqualTo(outcome);
		run(20, outcome);
		run(5, DONE);
		assertThat(breaker().getState()).isEqualTo(State.CLOSED);
	}

	static Stream<CallOutcome> uncounted() {
		return Stream.of(new InputRequired(Map.of(), "state"), Refusals.unknownTarget("tool", "echo"),
				new CallOutcome.Stream((sink) -> {
				}), new Failure(FailureKind.CANCELLED, "taken back", new InterruptedException()),
				new Failure(FailureKind.INVALID_ARGUMENTS, "not a number", null));
	}

	@Test
	void guardWhenSomethingIsThrownThenPermissionComesBack() {
		run(20, FAILED);
		this.clock.advance(Duration.ofSeconds(31));
		for (int i = 0; i < 20; i++) {
			try {
				this.guard.guard(TestCalls.tool(), new TestContext(), (call, context) -> {
					throw new StackOverflowError();
				});
			}
			catch (StackOverflowError ex) {
				// Nobody says what to make of it
			}
		}
		run(5, DONE);
		assertThat(breaker().getState()).isEqualTo(State.CLOSED);
	}

	@Test
	void guardWhenUncountedCallsEndWhileTriedOutThenNoPermissionsTooMany() {
		deep(10, () -> {
			run(20, FAILED);
			this.clock.advance(Duration.ofSeconds(31));
			// Begins to try it out
			return run(call("echo"), new Failure(FailureKind.CANCELLED, "", null));
		}, new Failure(FailureKind.CANCELLED, "", null));
		assertThat(breaker().getState()).isEqualTo(State.HALF_OPEN);
		assertThat(deep(5, () -> message())).contains("in 5 seconds");
	}

	@Test
	void guardWhenTimeIsOverThenCountedThenAndOnce() {
		List<Integer> failures = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			TestContext context = new TestContext();
			this.guard.guard(TestCalls.tool(), context, (call, same) -> {
				context.expire((Failure) DEADLINE);
				failures.add(breaker().getMetrics().getNumberOfFailedCalls());
				return DONE;
			});
		}
		assertThat(failures).containsExactly(1, 2, 3, 4);
		assertThat(breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(4);
		assertThat(breaker().getMetrics().getNumberOfBufferedCalls()).isEqualTo(4);
	}

	@Test
	void guardWhenTimeIsOverAndNobodyHasSaidSoThenCountedAtTheEnd() {
		List<Object> heard = new ArrayList<>();
		run(1, DONE);
		breaker().getEventPublisher().onError((event) -> heard.add(event.getThrowable()));
		TestContext context = new TestContext();
		context.expire((Failure) DEADLINE);
		this.guard.guard(TestCalls.tool(), context, (call, same) -> DONE);
		assertThat(heard).singleElement().isInstanceOf(TimeoutException.class);
	}

	@Test
	void guardWhenWaitingForPersonThenOthersTryItOut() {
		run(20, FAILED);
		this.clock.advance(Duration.ofSeconds(31));
		TestContext context = new TestContext().answering((key, request) -> {
			assertThat(run(call("echo"), DONE)).isEqualTo(DONE);
			return Map.of();
		});
		deep(4, () -> {
			this.guard.guard(TestCalls.tool(), context, (call, same) -> {
				context.ask("sure", new InputRequest("elicitation/create", Map.of()));
				return DONE;
			});
			return DONE;
		}, DONE);
		assertThat(breaker().getState()).isEqualTo(State.CLOSED);
	}

	@Test
	void guardWhenWaitingForPersonThenThatTimeIsNotTheTargets() {
		AtomicInteger now = new AtomicInteger();
		this.registry.circuitBreaker("echo",
				CircuitBreakerConfig.custom()
					.currentTimestampFunction((same) -> (long) now.get(), TimeUnit.SECONDS)
					.slowCallDurationThreshold(Duration.ofSeconds(10))
					.build());
		TestContext context = new TestContext().answering((key, request) -> {
			now.addAndGet(100);
			return Map.of();
		});
		this.guard.guard(TestCalls.tool(), context, (call, same) -> {
			context.ask("sure", new InputRequest("elicitation/create", Map.of()));
			now.addAndGet(9);
			return DONE;
		});
		assertThat(breaker().getMetrics().getNumberOfSlowCalls()).isZero();
		this.guard.guard(TestCalls.tool(), new TestContext(), (call, same) -> {
			now.addAndGet(11);
			return DONE;
		});
		assertThat(breaker().getMetrics().getNumberOfSlowCalls()).isOne();
	}

	@Test
	void guardWhenSettingsIgnoreAnExceptionThenWhateverItComesIn() {
		this.registry.circuitBreaker("echo", CircuitBreakerConfig.custom().ignoreExceptions(IOException.class).build());
		run(3, new Failure(FailureKind.FAILED, "no", new InvocationTargetException(new IOException("gone"))));
		run(2, new Failure(FailureKind.FAILED, "no", new IllegalStateException()));
		assertThat(breaker().getMetrics().getNumberOfBufferedCalls()).isEqualTo(2);
	}

	@Test
	void guardWhenSettingsJudgeResultsThenTheyDo() {
		this.registry.circuitBreaker("echo",
				CircuitBreakerConfig.custom().recordResult((result) -> result.equals("done")).build());
		run(3, DONE);
		assertThat(breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(3);
	}

	@Test
	void guardWhenSettingsFailThenCallDoesNot() {
		this.registry.circuitBreaker("echo", CircuitBreakerConfig.custom().recordResult((result) -> {
			throw new ClassCastException("careless");
		}).initialState(State.HALF_OPEN).permittedNumberOfCallsInHalfOpenState(1).build());
		for (int i = 0; i < 3; i++) {
			assertThat(run(call("echo"), DONE)).isEqualTo(DONE);
		}
	}

	@Test
	void guardWhenNoSuchToolThenNoBreaker() {
		this.registry.circuitBreaker("database").transitionToForcedOpenState();
		for (int i = 0; i < 100; i++) {
			assertThat(run(call("made up " + i), FAILED)).isEqualTo(FAILED);
		}
		assertThat(run(call("database"), DONE)).isEqualTo(DONE);
		assertThat(run(TestCalls.of(Revision.V2026_07_28, "tools/list", null), DONE)).isEqualTo(DONE);
		assertThat(this.registry.getAllCircuitBreakers()).hasSize(1);
		assertThat(this.circuits.states()).isEmpty();
	}

	@Test
	void guardWhenPromptOrTemplateThenBreakersOfTheirOwn() {
		this.catalog.tools.add("summary");
		run(call("summary"), DONE);
		for (int i = 0; i < 20; i++) {
			run(TestCalls.of(Revision.V2026_07_28, "prompts/get", "summary"), FAILED);
			run(TestCalls.of(Revision.V2026_07_28, "resources/read", "docs://" + i), FAILED);
		}
		assertThat(this.registry.getAllCircuitBreakers()).extracting(CircuitBreaker::getName)
			.containsExactlyInAnyOrder("summary", "prompt:summary", "resource:docs://{page}");
		assertThat(this.circuits.states()).extracting(BreakerState::kind, BreakerState::target, BreakerState::state)
			.containsExactly(tuple(TargetKind.TOOL, "summary", "closed"), tuple(TargetKind.PROMPT, "summary", "open"),
					tuple(TargetKind.RESOURCE, "docs://{page}", "open"));
	}

	@Test
	void statesThenWhatOperatorsNeed() {
		run(10, DONE);
		run(10, FAILED);
		run(3, DONE);
		this.clock.advance(Duration.ofSeconds(12));
		assertThat(this.circuits.states())
			.containsExactly(new BreakerState(TargetKind.TOOL, "echo", "open", 20, 10, 3, Duration.ofSeconds(18)));
	}

	@Test
	void guardWhenManyFailAtOnceThenOpensOnce() {
		Concurrently.run(64, (i) -> run(50, FAILED));
		assertThat(this.events).containsExactly(changed("closed", "open"));
		assertThat(breaker().getState()).isEqualTo(State.OPEN);
	}

	@Test
	void guardWhenToolsComeAndGoThenBreakersDo() {
		this.registry.circuitBreaker("of the application");
		for (int i = 0; i < 1000; i++) {
			this.catalog.tools.add("tool " + i);
			run(call("tool " + i), DONE);
			this.catalog.tools.remove("tool " + i);
		}
		run(1, DONE);
		assertThat(this.registry.getAllCircuitBreakers()).hasSizeLessThan(100)
			.extracting(CircuitBreaker::getName)
			.contains("of the application", "echo");
		assertThat(this.circuits.states()).hasSizeLessThan(100);
	}

	@Test
	void guardWhenSomebodyReplacesTheBreakerThenTheNewOne() {
		run(20, FAILED);
		this.registry.remove("echo");
		assertThat(run(call("echo"), DONE)).isEqualTo(DONE);
		run(20, FAILED);
		assertThat(this.events).containsExactly(changed("closed", "open"), changed("closed", "open"));
	}

	@Test
	void guardWhenSomebodyPutsAnotherBreakerInItsPlaceThenThatOne() {
		run(20, FAILED);
		CircuitBreaker other = CircuitBreaker.of("echo", BreakerSettings.usual(this.clock));
		this.registry.replace("echo", other);
		assertThat(run(call("echo"), DONE)).isEqualTo(DONE);
		assertThat(other.getMetrics().getNumberOfBufferedCalls()).isOne();
		assertThat(this.circuits.states()).extracting(BreakerState::state).containsExactly("closed");
	}

	@Test
	void guardWhenUsualSettingsAreGivenThenNotThoseOfTheRegistry() {
		CircuitBreakerRegistry own = CircuitBreakerRegistry.ofDefaults();
		BreakerGuard other = new BreakerGuard(circuits(own, BreakerSettings.usual(this.clock)));
		other.guard(TestCalls.tool(), new TestContext(), (call, context) -> DONE);
		assertThat(own.circuitBreaker("echo").getCircuitBreakerConfig().getMinimumNumberOfCalls()).isEqualTo(20);
	}

	private Circuits circuits(CircuitBreakerRegistry of, CircuitBreakerConfig usual) {
		return new Circuits(of, usual, this.catalog.policies(), this.catalog, this::publish);
	}

	private void publish(Object event) {
		if (event instanceof CircuitAdded circuit) {
			this.added.add(circuit);
		}
		else {
			this.events.add(event);
		}
	}

	private CircuitBreaker breaker() {
		return this.registry.circuitBreaker("echo");
	}

	private void run(int times, CallOutcome outcome) {
		for (int i = 0; i < times; i++) {
			run(call("echo"), outcome);
		}
	}

	private CallOutcome run(McpCall call, CallOutcome outcome) {
		return this.guard.guard(call, new TestContext(), (same, context) -> outcome);
	}

	/**
	 * Do something while calls are running.
	 */
	private <T> T deep(int calls, Supplier<T> work) {
		return deep(calls, work, new InputRequired(Map.of(), null));
	}

	private <T> T deep(int calls, Supplier<T> work, CallOutcome outcome) {
		if (calls == 0) {
			return work.get();
		}
		List<T> result = new ArrayList<>();
		CallChain rest = (call, context) -> {
			result.add(deep(calls - 1, work, outcome));
			return outcome;
		};
		this.guard.guard(TestCalls.tool(), new TestContext(), rest);
		return result.get(0);
	}

	private String message() {
		return ((Failure) run(call("echo"), DONE)).message();
	}

	private static McpCall call(String tool) {
		return TestCalls.of(Revision.V2026_07_28, "tools/call", tool);
	}

	private static CircuitChanged changed(String from, String to) {
		return new CircuitChanged(TargetKind.TOOL, "echo", from, to);
	}

	private static Failure rpcError(int code) {
		return new Failure(FailureKind.RPC_ERROR, "no", new McpError(new JSONRPCError(code, "no", null)));
	}

}
