// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.Locale;

import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.observe.CallObservationContext.CacheUse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation.Context;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;

/**
 * Counts what durations do not tell: why calls are refused, and whether remembered
 * results were of use.
 */
final class CallOutcomeMeters implements ObservationHandler<CallObservationContext> {

	// Ours are a dozen; guards of the application may have theirs
	private static final int MAX_LEVELS = 50;

	private final MeterRegistry registry;

	private final BoundedNames levels = new BoundedNames(MAX_LEVELS);

	CallOutcomeMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public boolean supportsContext(Context context) {
		return context instanceof CallObservationContext;
	}

	@Override
	public void onStop(CallObservationContext context) {
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
