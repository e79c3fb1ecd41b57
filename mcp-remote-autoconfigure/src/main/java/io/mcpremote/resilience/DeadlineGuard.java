// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Duration;
import java.util.Set;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how long a call may take, and how many calls may go on for longer than that
 * because nothing can stop them.
 */
final class DeadlineGuard implements CallGuard {

	private static final Set<String> BOUNDED = Set.of("tools/call", "prompts/get", "resources/read",
			"completion/complete");

	private static final Duration RETRY = Duration.ofSeconds(10);

	private final CallPolicies policies;

	private final @Nullable AbandonedCalls abandoned;

	/**
	 * Create a guard.
	 * @param policies say how long a call may take, and whether it may be interrupted
	 * @param abandoned counts calls that go on for longer, {@code null} if there is no
	 * bound
	 */
	DeadlineGuard(CallPolicies policies, @Nullable AbandonedCalls abandoned) {
		this.policies = policies;
		this.abandoned = abandoned;
	}

	@Override
	public CallStage stage() {
		return CallStage.DEADLINE;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		if (!BOUNDED.contains(call.method())) {
			return next.proceed(call, context);
		}
		Policy policy = this.policies.of(call, context);
		if (!policy.interruptible()) {
			context.uninterruptible();
		}
		if (this.abandoned == null) {
			return next.proceed(call, context);
		}
		if (this.abandoned.isExhausted(call)) {
			return Refusals.unavailable("Too many calls take longer than they may, and hold what others need", RETRY);
		}
		return bounded(call, context, next, policy.timeout(), this.abandoned);
	}

	/**
	 * Return how many calls go on although their clients have been answered.
	 */
	int abandoned() {
		return (this.abandoned != null) ? this.abandoned.count() : 0;
	}

	private static CallOutcome bounded(McpCall call, CallContext context, CallChain next, Duration timeout,
			AbandonedCalls abandoned) {
		Expiry expiry = new Expiry(call, timeout, Thread.currentThread(), abandoned);
		context.onExpiry((outcome) -> expiry.pass());
		CallContext.Deadline deadline = context.deadline(timeout, () -> late(call, timeout));
		CallOutcome outcome;
		try {
			outcome = next.proceed(call, context);
		}
		finally {
			if (deadline.end()) {
				expiry.end();
			}
		}
		if (!context.isExpired()) {
			return outcome;
		}
		context.attribute(CallContext.LATE, outcome);
		return late(call, timeout);
	}

	private static Failure late(McpCall call, Duration timeout) {
		String what = ("tools/call".equals(call.method())) ? "The tool" : "The request";
		return new Failure(FailureKind.DEADLINE,
				what + " took longer than " + text(timeout) + " and was given up. It may still have taken effect, so"
						+ " look before trying again, and ask for less at once. Reference: " + call.id(),
				null);
	}

	private static String text(Duration timeout) {
		return (timeout.toMillis() % 1000 == 0) ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
	}

	/**
	 * What one call and its deadline do to each other. The target may come to its end in
	 * the same moment, and nobody is told of an end before the beginning.
	 */
	private static final class Expiry {

		private final McpCall call;

		private final Duration timeout;

		private final Thread thread;

		private final AbandonedCalls calls;

		private boolean abandoned;

		private boolean ended;

		Expiry(McpCall call, Duration timeout, Thread thread, AbandonedCalls calls) {
			this.call = call;
			this.timeout = timeout;
			this.thread = thread;
			this.calls = calls;
		}

		synchronized void pass() {
			if (!this.ended) {
				this.abandoned = true;
				this.calls.abandon(this.call, this.timeout, this.thread);
			}
		}

		synchronized void end() {
			this.ended = true;
			if (this.abandoned) {
				this.calls.end(this.call);
			}
		}

	}

}
