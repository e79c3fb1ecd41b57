// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.mcpremote.call.CallFlights.Bounds;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.test.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One call runs, the others get what it comes to unless that is its own affair.
 */
class CallFlightsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Bounds UNBOUNDED = new Bounds(PATIENCE, 0);

	private static final Result ANSWER = new Result("answer");

	private final CallFlights<String> flights = new CallFlights<>("followed", 100);

	private final CountDownLatch mayEnd = new CountDownLatch(1);

	private final CountDownLatch leading = new CountDownLatch(1);

	private final AtomicInteger runs = new AtomicInteger();

	@AfterEach
	void nothingIsLeft() {
		assertThat(this.flights.size()).isZero();
	}

	@Test
	void runWhenOthersWaitThenNoneOfThemRuns() {
		TestContext first = new TestContext();
		CompletableFuture<CallOutcome> leader = lead(first, () -> ANSWER);
		List<TestContext> contexts = Stream.generate(TestContext::new).limit(63).toList();
		List<CompletableFuture<CallOutcome>> followers = contexts.stream().map(this::follow).toList();
		contexts.forEach((context) -> Eventually.until("it waits", context::isWaiting));
		this.mayEnd.countDown();
		assertThat(leader.join()).isSameAs(ANSWER);
		assertThat(followers).allSatisfy((follower) -> assertThat(follower.join()).isSameAs(ANSWER));
		assertThat(this.runs).hasValue(1);
		assertThat(first.attribute("followed")).isNull();
		assertThat(contexts).allSatisfy((context) -> assertThat(context.attribute("followed")).isEqualTo(true));
	}

	@Test
	void runWhenKeysDifferThenBoth() {
		CompletableFuture<CallOutcome> leader = lead(new TestContext(), () -> ANSWER);
		Result other = new Result("other");
		assertThat(run("another", new TestContext(), () -> other)).isSameAs(other);
		this.mayEnd.countDown();
		assertThat(leader.join()).isSameAs(ANSWER);
	}

	@ParameterizedTest
	@MethodSource
	void runWhenOutcomeIsItsOwnThenNextOneRuns(CallOutcome own) {
		assertNextRuns(new TestContext(), own, () -> {
		});
	}

	static Stream<CallOutcome> runWhenOutcomeIsItsOwnThenNextOneRuns() {
		return Stream.of(new Failure(FailureKind.CANCELLED, "", null), new Failure(FailureKind.NOT_CONFIRMED, "", null),
				Refusals.unavailable("full", PATIENCE), new InputRequired(Map.of(), "state"));
	}

	@Test
	void runWhenLeaderWasTakenBackThenNextOneRuns() {
		TestContext first = new TestContext();
		assertNextRuns(first, ANSWER, first::cancel);
	}

	@ParameterizedTest
	@EnumSource(names = { "FAILED", "TOLD", "RPC_ERROR", "CIRCUIT_OPEN", "OUTPUT_TOO_LARGE", "INVALID_ARGUMENTS" })
	void runWhenLeaderFailsThenOthersDoToo(FailureKind kind) {
		Failure failure = new Failure(kind, "It failed", null);
		CompletableFuture<CallOutcome> leader = lead(new TestContext(), () -> failure);
		TestContext second = new TestContext();
		CompletableFuture<CallOutcome> follower = follow(second);
		Eventually.until("the other waits", second::isWaiting);
		this.mayEnd.countDown();
		assertThat(leader.join()).isSameAs(failure);
		assertThat(follower.join()).isSameAs(failure);
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void runWhenTimeOfLeaderIsOverThenOthersHearAtOnce() {
		TestContext first = new TestContext();
		CompletableFuture<CallOutcome> leader = lead(first, () -> ANSWER);
		TestContext second = new TestContext();
		CompletableFuture<CallOutcome> follower = follow(second);
		Eventually.until("the other waits", second::isWaiting);
		Failure late = new Failure(FailureKind.DEADLINE, "Too late", null);
		first.expire(late);
		assertThat(follower.join()).isSameAs(late);
		assertThat(run("same", new TestContext(), () -> ANSWER)).as("does not wait for the stuck one").isSameAs(ANSWER);
		assertThat(leader).isNotDone();
		this.mayEnd.countDown();
		leader.join();
	}

	@Test
	void runWhenLeaderWaitsForPersonThenOthersGoOn() {
		CountDownLatch asking = new CountDownLatch(1);
		TestContext first = new TestContext().answering((key, request) -> {
			asking.countDown();
			Eventually.until("the person answers", this.mayEnd);
			return Map.of();
		});
		CountDownLatch otherWaits = new CountDownLatch(1);
		CompletableFuture<CallOutcome> leader = async(() -> run("same", first, () -> {
			this.leading.countDown();
			Eventually.until("the other waits", otherWaits);
			first.ask("sure", new InputRequest("elicitation/create", Map.of()));
			return ANSWER;
		}));
		Eventually.until("the first one leads", this.leading);
		TestContext second = new TestContext();
		Result own = new Result("own");
		CompletableFuture<CallOutcome> follower = async(() -> run("same", second, () -> own));
		Eventually.until("the other waits", second::isWaiting);
		otherWaits.countDown();
		Eventually.until("the person is asked", asking);
		assertThat(follower.join()).isSameAs(own);
		assertThat(run("same", new TestContext(), () -> own)).isSameAs(own);
		this.mayEnd.countDown();
		assertThat(leader.join()).isSameAs(ANSWER);
	}

	@Test
	void runWhenPatienceEndsThenSaysSo() {
		CompletableFuture<CallOutcome> leader = lead(new TestContext(), () -> ANSWER);
		CallOutcome outcome = this.flights.run("same", TestCalls.tool(), new TestContext(),
				new Bounds(Duration.ofMillis(1), 0), () -> ANSWER);
		assertThat(outcome).isInstanceOfSatisfying(Failure.class, (failure) -> {
			assertThat(failure.kind()).isEqualTo(FailureKind.DEADLINE);
			assertThat(failure.message()).contains("c-1");
		});
		this.mayEnd.countDown();
		assertThat(leader.join()).isSameAs(ANSWER);
	}

	@Test
	void runWhenAsManyOfOneCallerWaitAsMayThenRefused() {
		CompletableFuture<CallOutcome> leader = lead(new TestContext(), () -> ANSWER);
		TestContext second = new TestContext();
		Bounds one = new Bounds(PATIENCE, 1);
		CompletableFuture<CallOutcome> follower = async(
				() -> this.flights.run("same", TestCalls.tool(), second, one, () -> ANSWER));
		Eventually.until("the other waits", second::isWaiting);
		assertThat(this.flights.run("same", TestCalls.tool(), new TestContext(), one, () -> ANSWER))
			.isInstanceOfSatisfying(Refusal.class,
					(refusal) -> assertThat(refusal.reason()).isEqualTo(RefusalReason.UNAVAILABLE));
		this.mayEnd.countDown();
		assertThat(leader.join()).isSameAs(ANSWER);
		assertThat(follower.join()).isSameAs(ANSWER);
	}

	@Test
	void runWhenAsManyWaitForWhicheverToolsAsMayThenRefused() {
		CallFlights<String> narrow = new CallFlights<>("followed", 1);
		CompletableFuture<CallOutcome> leader = async(
				() -> narrow.run("same", TestCalls.tool(), new TestContext(), UNBOUNDED, () -> {
					this.leading.countDown();
					Eventually.until("the test goes on", this.mayEnd);
					return ANSWER;
				}));
		Eventually.until("the first one leads", this.leading);
		TestContext second = new TestContext();
		CompletableFuture<CallOutcome> follower = async(
				() -> narrow.run("same", TestCalls.tool(), second, UNBOUNDED, () -> ANSWER));
		Eventually.until("the other waits", second::isWaiting);
		McpCall other = TestCalls.of(Revision.V2026_07_28, "tools/call", "other");
		assertThat(narrow.run("same", other, new TestContext(), UNBOUNDED, () -> ANSWER)).isInstanceOf(Refusal.class);
		assertThat(narrow.run("another", other, new TestContext(), UNBOUNDED, () -> ANSWER))
			.as("one that need not wait")
			.isSameAs(ANSWER);
		this.mayEnd.countDown();
		assertThat(leader.join()).isSameAs(ANSWER);
		assertThat(follower.join()).isSameAs(ANSWER);
		assertThat(narrow.size()).isZero();
	}

	@Test
	void runWhenFollowerIsTakenBackThenOnlyIt() {
		CompletableFuture<CallOutcome> leader = lead(new TestContext(), () -> ANSWER);
		TestContext second = new TestContext();
		CompletableFuture<CallOutcome> follower = async(() -> {
			try {
				return run("same", second, () -> ANSWER);
			}
			catch (CallSignal ex) {
				return ex.outcome();
			}
		});
		TestContext third = new TestContext();
		CompletableFuture<CallOutcome> other = follow(third);
		Eventually.until("one waits", second::isWaiting);
		Eventually.until("the other waits", third::isWaiting);
		second.cancel();
		assertThat(follower.join()).isInstanceOfSatisfying(Failure.class,
				(failure) -> assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED));
		this.mayEnd.countDown();
		assertThat(leader.join()).isSameAs(ANSWER);
		assertThat(other.join()).isSameAs(ANSWER);
	}

	private void assertNextRuns(TestContext first, CallOutcome own, Runnable before) {
		CompletableFuture<CallOutcome> leader = lead(first, () -> {
			before.run();
			return own;
		});
		List<TestContext> contexts = Stream.generate(TestContext::new).limit(8).toList();
		List<CompletableFuture<CallOutcome>> followers = contexts.stream().map(this::follow).toList();
		contexts.forEach((context) -> Eventually.until("it waits", context::isWaiting));
		this.mayEnd.countDown();
		assertThat(leader.join()).isSameAs(own);
		assertThat(followers).allSatisfy((follower) -> assertThat(follower.join()).isSameAs(ANSWER));
		assertThat(this.runs.get()).as("the first and at least one of the others").isGreaterThan(1);
	}

	private CompletableFuture<CallOutcome> lead(TestContext context, Supplier<CallOutcome> outcome) {
		CompletableFuture<CallOutcome> leader = async(() -> run("same", context, () -> {
			this.runs.incrementAndGet();
			this.leading.countDown();
			Eventually.until("the test goes on", this.mayEnd);
			return outcome.get();
		}));
		Eventually.until("the first one leads", this.leading);
		return leader;
	}

	private CompletableFuture<CallOutcome> follow(TestContext context) {
		return async(() -> run("same", context, () -> {
			this.runs.incrementAndGet();
			return ANSWER;
		}));
	}

	private CallOutcome run(String key, TestContext context, Supplier<CallOutcome> work) {
		return this.flights.run(key, TestCalls.tool(), context, UNBOUNDED, work);
	}

	private static CompletableFuture<CallOutcome> async(Supplier<CallOutcome> work) {
		CompletableFuture<CallOutcome> done = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				done.complete(work.get());
			}
			catch (Throwable ex) {
				done.completeExceptionally(ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
		return done;
	}

}
