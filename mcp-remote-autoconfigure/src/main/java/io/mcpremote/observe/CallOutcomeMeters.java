// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.TargetKind;
import io.mcpremote.observe.CallObservationContext.CacheUse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation.Context;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;

/**
 * Counts what durations do not tell: why calls are refused, whether remembered results
 * were of use, and how long tools take when nobody is waited for.
 */
final class CallOutcomeMeters implements ObservationHandler<CallObservationContext> {

	static final String TOOL_DURATION = "mcp.server.tool.duration";

	// Ours are a dozen; guards of the application may have theirs
	private static final int MAX_LEVELS = 50;

	private final MeterRegistry registry;

	private final BoundedNames levels = new BoundedNames(MAX_LEVELS);

	// As many as there are names for tools
	private final Map<String, Timer> tools = new ConcurrentHashMap<>();

	CallOutcomeMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public boolean supportsContext(Context context) {
		return context instanceof CallObservationContext;
	}

	@Override
	public void onStart(CallObservationContext context) {
		context.started(this.registry.config().clock().monotonicTime());
	}

	@Override
	public void onStop(CallObservationContext context) {
		if (context.kind() == TargetKind.TOOL && !(context.getOutcome() instanceof Refusal)) {
			long took = this.registry.config().clock().monotonicTime() - context.started();
			this.tools.computeIfAbsent(context.getTool(), this::timer)
				.record(Math.max(0, took - context.getWaited().toNanos()), TimeUnit.NANOSECONDS);
		}
		if (context.getOutcome() instanceof Refusal refusal) {
			CallStage stage = context.getDecided();
			refused(refusal.reason(), level(refusal),
					(stage != null) ? stage.name().toLowerCase(Locale.ROOT) : "target");
		}
		if (context.cacheUse() != CacheUse.NONE) {
			Counter.builder("mcp.server.cache.gets")
				.description("Calls of tools whose results are remembered")
				.tag("gen_ai.tool.name", context.getTool())
				.tag("result", context.cacheUse().name().toLowerCase(Locale.ROOT))
				.register(this.registry)
				.increment();
		}
	}

	private Timer timer(String tool) {
		return Timer.builder(TOOL_DURATION)
			.description("How long tools took, without what was refused and without waiting for a person")
			.tag("gen_ai.tool.name", tool)
			.register(this.registry);
	}

	/**
	 * Count a refusal.
	 * @param reason why
	 * @param level what the limit was for, if it was one
	 * @param stage where it was decided
	 */
	void refused(RefusalReason reason, @Nullable String level, String stage) {
		Counter.builder("mcp.server.refusals")
			.description("Requests and calls that were refused")
			.tag("reason", reason.name().toLowerCase(Locale.ROOT))
			.tag("level", (level != null) ? this.levels.use(level) : CallObservationContext.NONE)
			.tag("stage", stage)
			.register(this.registry)
			.increment();
	}

	private static @Nullable String level(Refusal refusal) {
		return (refusal.data().get("level") instanceof String level) ? level : null;
	}

}
