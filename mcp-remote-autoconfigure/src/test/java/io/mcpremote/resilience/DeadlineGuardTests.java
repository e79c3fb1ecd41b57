// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.AbandonedCallEnded;
import io.mcpremote.call.CallAbandoned;
import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.policy.CallPolicies;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How long calls may take, and what becomes of those that take longer.
 */
class DeadlineGuardTests {

	private static final Result DONE = new Result(Map.of());

	private final List<Object> events = new ArrayList<>();

	private final TestContext context = new TestContext();

	private final CallPolicies policies = new TestCatalog("echo", "careful").policies("tools.echo.timeout=1500ms",
			"tools.careful.interruptible=false");

	private final DeadlineGuard guard = new DeadlineGuard(this.policies, new AbandonedCalls(8, this.events::add));

	@Test
	void guardWhenInTimeThenOutcomeAndNobodyHears() {
		assertThat(run(TestCalls.tool(), (call, ignored) -> DONE)).isSameAs(DONE);
		assertThat(this.context.timeout()).isEqualTo(Duration.ofMillis(1500));
		assertThat(this.context.isInterruptible()).isTrue();
		assertThat(this.events).isEmpty();
	}

	@Test
	void guardWhenLateThenSaysSoAndCountsUntilItsEnd() {
		CallOutcome outcome = run(TestCalls.tool(), (call, ignored) -> {
			this.context.expire();
			assertThat(this.events).containsExactly(new CallAbandoned(call, Duration.ofMillis(1500), 1, 8));
			return DONE;
		});
		assertThat(outcome).isInstanceOfSatisfying(Failure.class, (failure) -> {
			assertThat(failure.kind()).isEqualTo(FailureKind.DEADLINE);
			assertThat(failure.message()).contains("1500 ms").contains("c-1");
		});
		assertThat(this.context.attribute(CallContext.LATE)).isSameAs(DONE);
		assertThat(this.events).hasSize(2).last().isEqualTo(new AbandonedCallEnded(TestCalls.tool(), 0, 8));
	}

	@Test
	void guardWhenLateAndThrowsThenCountedDown() {
		assertThatIllegalStateException().isThrownBy(() -> run(TestCalls.tool(), (call, ignored) -> {
			this.context.expire();
			throw new IllegalStateException("late");
		}));
		assertThat(this.events).last().isEqualTo(new AbandonedCallEnded(TestCalls.tool(), 0, 8));
	}

	@Test
	void guardWhenUserHasAQuarterStuckThenNoFurtherOfThatUser() {
		CallOutcome outcome = run(TestCalls.tool(), (call, ignored) -> {
			this.context.expire();
			TestContext second = new TestContext();
			return this.guard.guard(call, second, (inner, alsoIgnored) -> {
				second.expire();
				CallOutcome refused = this.guard.guard(call, new TestContext(), (a, b) -> DONE);
				assertThat(refused).isInstanceOfSatisfying(Refusal.class, (refusal) -> {
					assertThat(refusal.reason()).isEqualTo(RefusalReason.UNAVAILABLE);
					assertThat(refusal.headers()).containsKey("Retry-After");
				});
				return refused;
			});
		});
		assertThat(outcome).isInstanceOf(Failure.class);
		assertThat(run(TestCalls.tool(), (call, ignored) -> DONE)).isInstanceOf(Failure.class);
		assertThat(this.guard.guard(TestCalls.tool(), new TestContext(), (call, ignored) -> DONE)).isSameAs(DONE);
	}

	@Test
	void guardWhenInterruptWouldHarmThenUninterruptible() {
		run(TestCalls.of(Revision.V2026_07_28, "tools/call", "careful"), (call, ignored) -> DONE);
		assertThat(this.context.isInterruptible()).isFalse();
		assertThat(this.context.timeout()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void guardWhenNotSwitchedOnThenStillUninterruptible() {
		DeadlineGuard off = new DeadlineGuard(this.policies, null);
		off.guard(TestCalls.of(Revision.V2026_07_28, "tools/call", "careful"), this.context, (call, ignored) -> DONE);
		assertThat(this.context.isInterruptible()).isFalse();
		assertThat(this.context.timeout()).isNull();
	}

	@Test
	void guardWhenStreamOrListThenNoDeadline() {
		for (String method : List.of("subscriptions/listen", "tools/list", "initialize")) {
			run(TestCalls.of(Revision.V2026_07_28, method, null), (call, ignored) -> DONE);
		}
		assertThat(this.context.timeout()).isNull();
	}

	private CallOutcome run(McpCall call, CallChain rest) {
		return this.guard.guard(call, this.context, rest);
	}

}
