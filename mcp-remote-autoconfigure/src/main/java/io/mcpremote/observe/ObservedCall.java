// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.concurrent.atomic.AtomicBoolean;

import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.Failures;
import io.mcpremote.call.TargetKind;
import io.mcpremote.observe.CallObservationContext.CacheUse;
import io.mcpremote.policy.Policies;
import io.micrometer.observation.Observation;

/**
 * A call that is observed, until its client is answered: either because there is an
 * outcome or because its time is over, which another thread finds out.
 */
final class ObservedCall {

	private final AtomicBoolean ended = new AtomicBoolean();

	private final Observation observation;

	private final CallObservationContext observed;

	private final CallContext context;

	ObservedCall(Observation observation, CallObservationContext observed, CallContext context) {
		this.observation = observation;
		this.observed = observed;
		this.context = context;
	}

	Observation observation() {
		return this.observation;
	}

	/**
	 * Note the end of the call, if that has not been done.
	 */
	void end(CallOutcome outcome, KnownTargets targets, Policies policies) {
		if (!this.ended.compareAndSet(false, true)) {
			return;
		}
		try {
			note(Failures.unlessTakenBack(outcome, this.context), targets, policies);
		}
		finally {
			this.observation.stop();
		}
	}

	private void note(CallOutcome outcome, KnownTargets targets, Policies policies) {
		CallStage decided = this.context.reached();
		String errorType = ErrorTypes.of(outcome);
		this.observed.end(outcome, errorType, decided, this.context.waited());
		TargetKind kind = this.observed.kind();
		if (kind != null && this.observed.target().equals(KnownTargets.UNKNOWN) && isPast(CallStage.CALLER_LIMIT)) {
			this.observed.target(targets.called(kind, this.observed.getCall(), this.context, outcome));
		}
		if (kind == TargetKind.TOOL) {
			this.observed.cacheUse(cacheUse(policies));
		}
		if (!errorType.equals(CallObservationContext.NONE)) {
			this.observation.error(ErrorTypes.error(errorType));
		}
	}

	private CacheUse cacheUse(Policies policies) {
		if (this.context.attribute(CallContext.CACHED) != null) {
			return CacheUse.HIT;
		}
		boolean remembered = isPast(CallStage.CACHE) && policies.tool(this.observed.getTool()).cache() != null;
		return (remembered) ? CacheUse.MISS : CacheUse.NONE;
	}

	/**
	 * Return whether a stage has let the call pass.
	 */
	private boolean isPast(CallStage stage) {
		CallStage reached = this.context.reached();
		return reached == null || reached.compareTo(stage) > 0;
	}

}
