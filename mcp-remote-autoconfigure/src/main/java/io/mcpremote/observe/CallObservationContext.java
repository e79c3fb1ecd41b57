// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.time.Duration;
import java.util.function.Function;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.TargetKind;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation.Context;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call that is observed. Whatever its getters return as text, except
 * for what {@link #getCall()} holds, is one of a bounded number of values.
 *
 * @since 0.1.0
 */
public final class CallObservationContext extends ReceiverContext<TraceContext> {

	/**
	 * Stands for what does not apply to a call.
	 */
	public static final String NONE = "none";

	private final McpCall call;

	private final String method;

	private final @Nullable TargetKind kind;

	private final boolean traced;

	private volatile String target;

	private volatile String errorType = NONE;

	private volatile @Nullable CallOutcome outcome;

	private volatile @Nullable CallStage decided;

	private volatile CacheUse cacheUse = CacheUse.NONE;

	private volatile @Nullable KeyValues keys;

	// What the convention has said, which are the keys of low cardinality unless others
	// have had a say
	private volatile @Nullable KeyValues said;

	private volatile boolean othersSaid;

	private volatile Duration waited = Duration.ZERO;

	private volatile long started;

	/**
	 * Create the context.
	 * @param call the call
	 * @param method its method, if that is known
	 * @param kind what the method is for
	 * @param target what is known of the target yet
	 * @param traced whether there are spans
	 */
	CallObservationContext(McpCall call, String method, @Nullable TargetKind kind, String target, boolean traced) {
		super(CallObservationContext::header, Kind.SERVER);
		this.call = call;
		this.method = method;
		this.kind = kind;
		this.target = target;
		this.traced = traced;
	}

	private static @Nullable String header(@Nullable TraceContext carrier, String key) {
		if (carrier == null) {
			return null;
		}
		return switch (key) {
			case "traceparent" -> carrier.traceparent();
			case "tracestate" -> carrier.tracestate();
			case "baggage" -> carrier.baggage();
			default -> null;
		};
	}

	/**
	 * Return the call, as its client has made it.
	 * @return the call
	 */
	public McpCall getCall() {
		return this.call;
	}

	/**
	 * Return the method of the protocol.
	 * @return the method or {@code _unknown_}
	 */
	public String getMethod() {
		return this.method;
	}

	/**
	 * Return the tool that is called.
	 * @return its name, {@code _unknown_} or {@code none}
	 */
	public String getTool() {
		return of(TargetKind.TOOL);
	}

	/**
	 * Return the prompt that is asked for.
	 * @return its name, {@code _unknown_} or {@code none}
	 */
	public String getPrompt() {
		return of(TargetKind.PROMPT);
	}

	/**
	 * Return the resource that is asked for.
	 * @return the URI or template under which it is listed, {@code _unknown_} or
	 * {@code none}
	 */
	public String getResource() {
		return of(TargetKind.RESOURCE);
	}

	/**
	 * Return what went wrong.
	 * @return a word for it, {@code none} if nothing has
	 */
	public String getErrorType() {
		return this.errorType;
	}

	/**
	 * Return what became of the call.
	 * @return the outcome, {@code null} as long as there is none
	 */
	public @Nullable CallOutcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Return how far the call came.
	 * @return the stage, {@code null} if it reached its target or has not ended
	 */
	public @Nullable CallStage getDecided() {
		return this.decided;
	}

	/**
	 * Return whether the call has come to its end.
	 * @return whether there is an outcome
	 */
	public boolean hasEnded() {
		return this.outcome != null;
	}

	/**
	 * Return how long the call has waited for a person, which is a part of its duration
	 * as everybody else sees it.
	 * @return the time, zero as long as the call has not ended
	 */
	public Duration getWaited() {
		return this.waited;
	}

	/**
	 * Return whether there are spans, which have more to tell than meters.
	 * @return whether calls are traced
	 */
	public boolean isTraced() {
		return this.traced;
	}

	/**
	 * Return the keys of low cardinality. Every handler asks, at the beginning and at the
	 * end, and to sort them anew each time would be a fourth of what the observation of a
	 * call takes.
	 */
	@Override
	public KeyValues getLowCardinalityKeyValues() {
		KeyValues known = this.said;
		return (known != null && !this.othersSaid) ? known : super.getLowCardinalityKeyValues();
	}

	@Override
	public Context addLowCardinalityKeyValues(KeyValues keyValues) {
		KeyValues known = this.said;
		if (known == null && !this.othersSaid) {
			keyValues.forEach(super::addLowCardinalityKeyValue);
			this.said = keyValues;
			return this;
		}
		return (!this.othersSaid && keyValues.equals(known)) ? this : super.addLowCardinalityKeyValues(keyValues);
	}

	@Override
	public Context addLowCardinalityKeyValue(KeyValue keyValue) {
		this.othersSaid = true;
		return super.addLowCardinalityKeyValue(keyValue);
	}

	@Override
	public Context removeLowCardinalityKeyValue(String keyName) {
		this.othersSaid = true;
		return super.removeLowCardinalityKeyValue(keyName);
	}

	/**
	 * Return keys that are worked out once more only if something has changed.
	 */
	KeyValues keys(Function<CallObservationContext, KeyValues> maker) {
		KeyValues known = this.keys;
		if (known == null) {
			known = maker.apply(this);
			this.keys = known;
		}
		return known;
	}

	CacheUse cacheUse() {
		return this.cacheUse;
	}

	@Nullable TargetKind kind() {
		return this.kind;
	}

	String target() {
		return this.target;
	}

	void target(String newTarget) {
		this.target = newTarget;
		this.keys = null;
	}

	void cacheUse(CacheUse newCacheUse) {
		this.cacheUse = newCacheUse;
	}

	/**
	 * Return when the call began, as whoever has set it counts.
	 */
	long started() {
		return this.started;
	}

	void started(long newStarted) {
		this.started = newStarted;
	}

	void end(CallOutcome newOutcome, String newErrorType, @Nullable CallStage newDecided, Duration newWaited) {
		if (!newErrorType.equals(NONE)) {
			this.errorType = newErrorType;
			this.keys = null;
		}
		this.decided = newDecided;
		this.waited = newWaited;
		this.outcome = newOutcome;
	}

	private String of(TargetKind asked) {
		return (asked == this.kind) ? this.target : NONE;
	}

	/**
	 * What the memory of results was good for.
	 */
	enum CacheUse {

		/**
		 * Results of the tool are not remembered, or the call did not come so far.
		 */
		NONE,

		/**
		 * The result was remembered.
		 */
		HIT,

		/**
		 * The result could have been remembered and was not.
		 */
		MISS

	}

}
