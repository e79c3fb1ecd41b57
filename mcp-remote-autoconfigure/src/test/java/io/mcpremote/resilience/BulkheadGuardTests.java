// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.mcpremote.call.BulkheadFull;
import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.Caller;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.RefusalLog;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.MutableClock;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Exactly as many calls run at once as may, and every permit comes back.
 */
class BulkheadGuardTests {

	private static final Result DONE = new Result("done");

	private final TestCatalog catalog = new TestCatalog("echo", "report");

	private final BulkheadRegistry registry = BulkheadRegistry.ofDefaults();

	private final List<Object> events = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(strings = { "user", "tool", "total" })
	void guardWhenManyAtOnceThenExactlyAsManyAsMay(String level) {
		total("echo", level.equals("total") ? 7 : 1000);
		BulkheadGuard guard = guard(level.equals("user") ? 7 : 1000,
				"tools.echo.max-concurrency=" + (level.equals("tool") ? 7 : 1000));
		CountDownLatch decided = new CountDownLatch(64);
		AtomicInteger admitted = new AtomicInteger();
		AtomicInteger refused = new AtomicInteger();
		Concurrently.run(64, (i) -> {
			CallOutcome outcome = guard.guard(call("echo", TestCalls.ALICE), new TestContext(), (call, context) -> {
				admitted.incrementAndGet();
				decided.countDown();
				Eventually.until("all others are decided about", decided);
				return DONE;
			});
			if (outcome instanceof Refusal refusal) {
				assertThat(refusal.data()).containsEntry("level", level);
				refused.incrementAndGet();
				decided.countDown();
			}
		});
		assertThat(admitted).hasValue(7);
		assertThat(refused).hasValue(57);
		assertNoneHeld(guard);
	}

	@Test
	void guardWhenFullThenUnavailableWithLevelAndHeard() {
		BulkheadGuard guard = guard(1);
		Refusal refusal = (Refusal) within(guard, call("echo", TestCalls.ALICE), call("report", TestCalls.ALICE));
		assertThat(refusal.reason()).isEqualTo(RefusalReason.UNAVAILABLE);
		assertThat(refusal.data()).isEqualTo(Map.of("level", "user", "retryAfter", 1L));
		assertThat(refusal.headers()).containsEntry("Retry-After", "1");
		assertThat(this.events)
			.containsExactly(new BulkheadFull("c-1", TestCalls.ALICE, "tools/call", "report", "user"));
	}

	@Test
	void guardWhenListenerFailsThenRefusedAllTheSame() {
		BulkheadGuard guard = new BulkheadGuard(1, this.catalog.policies(), (call, context) -> null, (event) -> {
			throw new IllegalStateException("deaf");
		}, new RefusalLog(LogFactory.getLog(BulkheadGuard.class), new MutableClock()));
		assertThat(within(guard, call("echo", TestCalls.ALICE), call("echo", TestCalls.ALICE)))
			.isInstanceOf(Refusal.class);
		assertThat(guard.users()).isZero();
	}

	@Test
	void guardWhenListenerOfBulkheadFailsThenAllPermitsAreGivenBack() {
		total("echo", 5);
		this.registry.bulkhead("echo").getEventPublisher().onCallFinished((event) -> {
			throw new IllegalStateException("deaf");
		});
		BulkheadGuard guard = guard(1, "tools.echo.max-concurrency=1");
		for (int i = 0; i < 10; i++) {
			assertThat(run(guard, call("echo", TestCalls.ALICE))).isEqualTo(DONE);
		}
		assertNoneHeld(guard);
	}

	@Test
	void guardWhenOtherUserThenPermitsOfItsOwn() {
		BulkheadGuard guard = guard(1, "tool-defaults.max-concurrency=1");
		assertThat(within(guard, call("echo", TestCalls.ALICE), call("echo", TestCalls.BOB))).isEqualTo(DONE);
		Caller otherClient = new Caller("alice", "https://issuer.example", "client-2", "192.0.2.9");
		assertThat(within(guard, call("echo", TestCalls.ALICE), call("echo", otherClient))).isInstanceOf(Refusal.class);
		Caller neighbour = Caller.anonymous("2001:db8::1");
		assertThat(within(guard, call("echo", neighbour), call("echo", Caller.anonymous("2001:db8::2"))))
			.isInstanceOf(Refusal.class);
		assertThat(within(guard, call("echo", neighbour), call("echo", Caller.anonymous("2001:db8:1::2"))))
			.isEqualTo(DONE);
	}

	@Test
	void guardWhenOtherToolThenPermitsOfItsOwn() {
		BulkheadGuard guard = guard(0, "tools.echo.max-concurrency=1");
		assertThat(within(guard, call("echo", TestCalls.ALICE), call("report", TestCalls.ALICE))).isEqualTo(DONE);
		assertThat(within(guard, call("report", TestCalls.ALICE), call("report", TestCalls.ALICE))).isEqualTo(DONE);
	}

	@Test
	void guardWhenResourcesOfOneTemplateThenTogether() {
		BulkheadGuard guard = guard(0, "resources[docs://**].max-concurrency=1");
		McpCall one = TestCalls.of(Revision.V2026_07_28, "resources/read", "docs://1");
		McpCall two = TestCalls.of(Revision.V2026_07_28, "resources/read", "docs://2");
		assertThat(within(guard, one, two)).isInstanceOf(Refusal.class);
	}

	@Test
	void guardWhenOneLevelIsFullThenNothingIsTakenOfTheOthers() {
		total("report", 1);
		BulkheadGuard guard = guard(2, "tools.echo.max-concurrency=1");
		CallOutcome outcome = guard.guard(call("echo", TestCalls.ALICE), new TestContext(), (first, context) -> {
			for (int i = 0; i < 5; i++) {
				assertLevel(guard, call("echo", TestCalls.ALICE), "tool");
			}
			guard.guard(call("report", TestCalls.BOB), new TestContext(), (second, same) -> {
				assertLevel(guard, call("report", TestCalls.ALICE), "total");
				return DONE;
			});
			return run(guard, call("report", TestCalls.ALICE));
		});
		assertThat(outcome).isEqualTo(DONE);
		assertNoneHeld(guard);
	}

	@Test
	void guardWhenTargetEndsBadlyThenPermitsComeBack() {
		BulkheadGuard guard = guard(1, "tools.echo.max-concurrency=1");
		total("echo", 1);
		for (FailureKind kind : FailureKind.values()) {
			Failure failure = new Failure(kind, "no", null);
			assertThat(guard.guard(call("echo", TestCalls.ALICE), new TestContext(), (call, context) -> failure))
				.isEqualTo(failure);
		}
		CallOutcome asks = new CallOutcome.InputRequired(Map.of(), "state");
		assertThat(guard.guard(call("echo", TestCalls.ALICE), new TestContext(), (call, context) -> asks))
			.isEqualTo(asks);
		assertThatThrownBy(() -> guard.guard(call("echo", TestCalls.ALICE), new TestContext(), (call, context) -> {
			throw new StackOverflowError();
		})).isInstanceOf(StackOverflowError.class);
		assertNoneHeld(guard);
		assertThat(run(guard, call("echo", TestCalls.ALICE))).isEqualTo(DONE);
	}

	@Test
	void guardWhenTimeIsOverThenPermitsAreHeldUntilThreadIsFree() {
		BulkheadGuard guard = guard(1);
		TestContext context = new TestContext();
		guard.guard(call("echo", TestCalls.ALICE), context, (call, same) -> {
			context.expire(new Failure(FailureKind.DEADLINE, "too late", null));
			assertLevel(guard, call("echo", TestCalls.ALICE), "user");
			return DONE;
		});
		assertNoneHeld(guard);
	}

	@Test
	void guardWhenWaitingForPersonThenOthersUseThePermits() {
		BulkheadGuard guard = guard(1, "tools.echo.max-concurrency=1");
		total("echo", 1);
		TestContext context = new TestContext().answering((key, request) -> {
			assertThat(run(guard, call("echo", TestCalls.ALICE))).isEqualTo(DONE);
			return Map.of();
		});
		guard.guard(call("echo", TestCalls.ALICE), context, (call, same) -> {
			assertLevel(guard, call("echo", TestCalls.ALICE), "user");
			ask(context);
			assertLevel(guard, call("echo", TestCalls.ALICE), "user");
			assertLevel(guard, call("echo", TestCalls.BOB), "total");
			return DONE;
		});
		assertNoneHeld(guard);
	}

	@Test
	void guardWhenNoneIsFreeAfterWaitingThenGoesOnWithout() {
		BulkheadGuard guard = guard(1, "tools.echo.max-concurrency=1");
		total("echo", 1);
		CountDownLatch answered = new CountDownLatch(1);
		CountDownLatch running = new CountDownLatch(1);
		Thread other = new Thread(() -> guard.guard(call("echo", TestCalls.ALICE), new TestContext(), (call, same) -> {
			running.countDown();
			Eventually.until("the first call is over", answered);
			return DONE;
		}));
		TestContext context = new TestContext().answering((key, request) -> {
			other.start();
			Eventually.until("the other runs", running);
			return Map.of();
		});
		assertThat(guard.guard(call("echo", TestCalls.ALICE), context, (call, same) -> {
			ask(context);
			return DONE;
		})).isEqualTo(DONE);
		// What the first gave back for good was not the other's
		assertLevel(guard, call("echo", TestCalls.ALICE), "user");
		assertLevel(guard, call("echo", TestCalls.BOB), "total");
		answered.countDown();
		join(other);
		assertNoneHeld(guard);
	}

	@Test
	void guardWhenAnswerComesAfterTheEndThenNothingIsTaken() {
		BulkheadGuard guard = guard(1);
		TestContext context = new TestContext().answering((key, request) -> Map.of());
		guard.guard(call("echo", TestCalls.ALICE), context, (call, same) -> DONE);
		ask(context);
		assertNoneHeld(guard);
	}

	@Test
	void guardWhenServerAnswersItselfThenNoPermit() {
		BulkheadGuard guard = guard(1);
		McpCall list = TestCalls.of(Revision.V2026_07_28, "tools/list", null);
		McpCall listen = TestCalls.of(Revision.V2026_07_28, "subscriptions/listen", null);
		assertThat(within(guard, call("echo", TestCalls.ALICE), list)).isEqualTo(DONE);
		assertThat(within(guard, listen, call("echo", TestCalls.ALICE))).isEqualTo(DONE);
	}

	@Test
	void guardWhenUnknownToolIsNamedLikeAnotherBulkheadThenNotTouched() {
		this.registry.bulkhead("database", BulkheadConfig.custom().maxConcurrentCalls(1).build());
		BulkheadGuard guard = guard(0);
		assertThat(within(guard, call("database", TestCalls.ALICE), call("database", TestCalls.ALICE))).isEqualTo(DONE);
	}

	@Test
	void guardWhenEveryoneComesAndGoesThenNothingRemains() {
		total("echo", 20);
		BulkheadGuard guard = guard(3, "tools.echo.max-concurrency=2");
		List<Caller> callers = List.of(TestCalls.ALICE, TestCalls.BOB, Caller.anonymous("192.0.2.1"));
		List<AtomicInteger> running = List.of(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
		AtomicInteger most = new AtomicInteger();
		Concurrently.run(64, (i) -> {
			for (int n = 0; n < 500; n++) {
				TestContext context = new TestContext().answering((key, request) -> Map.of());
				int who = ThreadLocalRandom.current().nextInt(3);
				boolean asks = n % 50 == 0;
				guard.guard(call("echo", callers.get(who)), context, (call, same) -> {
					if (asks) {
						ask(context);
						return DONE;
					}
					most.accumulateAndGet(running.get(who).incrementAndGet(), Math::max);
					Thread.yield();
					running.get(who).decrementAndGet();
					return DONE;
				});
			}
		});
		assertThat(most.get()).isBetween(1, 2);
		assertNoneHeld(guard);
	}

	private BulkheadGuard guard(int perUser, String... policies) {
		return new BulkheadGuard(perUser, this.catalog.policies(policies),
				new RegistryBulkheads(this.registry, false, this.catalog.policies(), this.catalog), this.events::add,
				new RefusalLog(LogFactory.getLog(BulkheadGuard.class), new MutableClock()));
	}

	private void total(String tool, int most) {
		this.registry.bulkhead(tool, BulkheadConfig.custom().maxConcurrentCalls(most).build());
	}

	private void assertNoneHeld(BulkheadGuard guard) {
		assertThat(guard.users()).isZero();
		assertThat(this.registry.getAllBulkheads())
			.allSatisfy((bulkhead) -> assertThat(bulkhead.getMetrics().getAvailableConcurrentCalls())
				.isEqualTo(bulkhead.getMetrics().getMaxAllowedConcurrentCalls()));
	}

	private static void assertLevel(BulkheadGuard guard, McpCall call, String level) {
		assertThat(run(guard, call)).isInstanceOfSatisfying(Refusal.class,
				(refusal) -> assertThat(refusal.data()).containsEntry("level", level));
	}

	/**
	 * Make a call while another runs.
	 */
	private static CallOutcome within(BulkheadGuard guard, McpCall outer, McpCall inner) {
		CallChain rest = (call, context) -> run(guard, inner);
		return guard.guard(outer, new TestContext(), rest);
	}

	private static CallOutcome run(BulkheadGuard guard, McpCall call) {
		return guard.guard(call, new TestContext(), (same, context) -> DONE);
	}

	private static void ask(TestContext context) {
		context.ask("sure", new InputRequest("elicitation/create", Map.of()));
	}

	private static McpCall call(String tool, Caller caller) {
		return new McpCall("c-1", Revision.V2026_07_28, "tools/call", tool, Map.of(), caller, null, null,
				TraceContext.NONE, TestCalls.tool().started());
	}

	private static void join(Thread thread) {
		try {
			thread.join(Eventually.DEADLINE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		assertThat(thread.isAlive()).isFalse();
	}

}
