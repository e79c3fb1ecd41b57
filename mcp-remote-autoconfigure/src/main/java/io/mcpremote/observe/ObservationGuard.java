// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.Policies;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Observes every call, refused ones included. What goes wrong with that does no harm to
 * the call.
 */
final class ObservationGuard implements CallGuard {

	private static final Log logger = LogFactory.getLog(ObservationGuard.class);

	private static final CallObservationConvention DEFAULT = new DefaultCallObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable CallObservationConvention convention;

	private final KnownTargets targets;

	private final Policies policies;

	private final @Nullable Function<McpCall, TraceContext> parents;

	private final AtomicBoolean complained = new AtomicBoolean();

	/**
	 * Create the guard.
	 * @param registry takes the observations
	 * @param convention what the application calls them, if it has a say in it
	 * @param targets what the server has
	 * @param policies tell which results could be remembered
	 * @param parents tell which trace a call belongs to, as far as its client is
	 * believed; {@code null} if there are no traces
	 */
	ObservationGuard(ObservationRegistry registry, @Nullable CallObservationConvention convention, KnownTargets targets,
			Policies policies, @Nullable Function<McpCall, TraceContext> parents) {
		this.registry = registry;
		this.convention = convention;
		this.targets = targets;
		this.policies = policies;
		this.parents = parents;
	}

	@Override
	public CallStage stage() {
		return CallStage.OBSERVE;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		ObservedCall observed = (!this.registry.isNoop()) ? begin(call, context) : null;
		if (observed == null) {
			return next.proceed(call, context);
		}
		Observation.Scope before = this.registry.getCurrentObservationScope();
		Observation.Scope scope = open(observed);
		CallOutcome outcome = null;
		try {
			outcome = next.proceed(call, context);
			return outcome;
		}
		finally {
			if (scope != null) {
				finish(scope::close);
			}
			if (this.registry.getCurrentObservationScope() != before) {
				// A handler has failed halfway, and the thread is somebody else's next
				finish(() -> this.registry.setCurrentObservationScope(before));
			}
			if (outcome != null) {
				end(observed, outcome);
			}
		}
	}

	private @Nullable ObservedCall begin(McpCall call, CallContext context) {
		try {
			CallObservationContext observed = context(call);
			Observation observation = CallObservationDocumentation.CALL.observation(this.convention, DEFAULT,
					() -> observed, this.registry);
			observation.start();
			ObservedCall begun = new ObservedCall(observation, observed, context);
			context.onExpiry((outcome) -> end(begun, outcome));
			return begun;
		}
		catch (RuntimeException | LinkageError ex) {
			complain(ex);
			return null;
		}
	}

	private CallObservationContext context(McpCall call) {
		TargetKind kind = TargetKind.named(call.method());
		String target = (kind != null) ? this.targets.known(kind, call.target()) : CallObservationContext.NONE;
		CallObservationContext observed = new CallObservationContext(call, KnownTargets.method(call.method()), kind,
				target, this.parents != null);
		if (this.parents != null) {
			observed.setCarrier(this.parents.apply(call));
		}
		return observed;
	}

	private Observation.@Nullable Scope open(ObservedCall observed) {
		try {
			return observed.observation().openScope();
		}
		catch (RuntimeException | LinkageError ex) {
			complain(ex);
			return null;
		}
	}

	private void end(ObservedCall observed, CallOutcome outcome) {
		finish(() -> observed.end(outcome, this.targets, this.policies));
	}

	private void finish(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException | LinkageError ex) {
			complain(ex);
		}
	}

	/**
	 * Once is enough: what goes wrong with one call goes wrong with the next.
	 */
	private void complain(Throwable ex) {
		if (this.complained.compareAndSet(false, true)) {
			logger.warn("A call could not be observed. That there are more of this kind will not be said", ex);
		}
	}

}
