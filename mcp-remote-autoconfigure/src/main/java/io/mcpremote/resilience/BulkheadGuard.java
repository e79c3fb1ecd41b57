// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Duration;

import io.mcpremote.call.BulkheadFull;
import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalLog;
import io.mcpremote.call.Refusals;
import io.mcpremote.policy.CallPolicies;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Bounds how many calls run at once: of one user altogether, of one user for one target,
 * and of one target altogether. A call keeps its permits until its thread is free, also
 * if its client has been answered long before.
 */
final class BulkheadGuard implements CallGuard {

	private static final Log logger = LogFactory.getLog(BulkheadGuard.class);

	private static final Duration RETRY = Duration.ofSeconds(1);

	/**
	 * Some kilobytes, against counts that come and go with each call.
	 */
	private static final int KEPT = 1000;

	private final int perUser;

	private final CallPolicies policies;

	private final TargetBulkheads bulkheads;

	private final ApplicationEventPublisher events;

	private final RefusalLog log;

	private final RunningCalls ofUsers = new RunningCalls(KEPT);

	private final RunningCalls ofUsersByTarget = new RunningCalls(KEPT);

	/**
	 * Create the guard.
	 * @param perUser how many calls one user may have running, 0 for any number
	 * @param policies know how many of them for one target
	 * @param bulkheads know how many calls of one target may run
	 * @param events hear of calls that are refused
	 * @param log likewise
	 */
	BulkheadGuard(int perUser, CallPolicies policies, TargetBulkheads bulkheads, ApplicationEventPublisher events,
			RefusalLog log) {
		this.perUser = perUser;
		this.policies = policies;
		this.bulkheads = bulkheads;
		this.events = events;
		this.log = log;
	}

	@Override
	public CallStage stage() {
		return CallStage.BULKHEAD;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		if (!runsTarget(call)) {
			return next.proceed(call, context);
		}
		CallPermits permits = new CallPermits();
		try {
			Refusal refusal = take(call, context, permits);
			if (refusal != null) {
				return refusal;
			}
			if (!permits.isEmpty()) {
				context.whileWaiting(permits::pause, permits::resume);
			}
			return next.proceed(call, context);
		}
		finally {
			permits.end();
		}
	}

	/**
	 * Return for how many users calls are running.
	 */
	int users() {
		return Math.max(this.ofUsers.size(), this.ofUsersByTarget.size());
	}

	private @Nullable Refusal take(McpCall call, CallContext context, CallPermits permits) {
		String user = call.caller().userKey();
		if (this.perUser > 0 && !permits.take(this.ofUsers.permit(user, this.perUser))) {
			return refuse(call, "user", "one user may have " + this.perUser + " running. Wait until some of yours have"
					+ " ended, and call fewer things at once.");
		}
		int most = this.policies.of(call, context).maxConcurrency();
		String entry = (most > 0) ? this.policies.entry(call, context) : null;
		if (entry != null && !permits.take(this.ofUsersByTarget.permit(new Use(user, call.method(), entry), most))) {
			return refuse(call, "tool", "one user may have " + most + " of '" + Refusals.shown(entry)
					+ "' running. Wait until one of yours has ended.");
		}
		// Last, so that nobody is turned away by what another caller has to give back
		Permit total = this.bulkheads.of(call, context);
		if (total != null && !permits.take(total)) {
			return refuse(call, "total",
					"all that may be are running for other callers and you. Try again in a moment.");
		}
		return null;
	}

	private Refusal refuse(McpCall call, String level, String explanation) {
		this.log.refused(call, "too many are running at level '" + level + "'");
		try {
			this.events.publishEvent(new BulkheadFull(call.id(), call.caller(), call.method(), call.target(), level));
		}
		catch (RuntimeException ex) {
			logger.warn("Call " + call.id() + ": a listener failed to hear of a full bulkhead", ex);
		}
		return Refusals.unavailable(level, "Too many calls at once: " + explanation, RETRY);
	}

	/**
	 * Everything else is answered by the server itself, at once.
	 */
	private static boolean runsTarget(McpCall call) {
		return switch (call.method()) {
			case "tools/call", "prompts/get", "resources/read", "completion/complete" -> true;
			default -> false;
		};
	}

	private record Use(String user, String method, String entry) {

	}

}
