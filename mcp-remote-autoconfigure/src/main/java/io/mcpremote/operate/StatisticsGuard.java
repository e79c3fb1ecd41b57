// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.mcpremote.call.AuthenticationFailed;
import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.RequestRefused;
import io.mcpremote.call.TargetKind;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;

/**
 * Has calls of tools, prompts and resources counted, and requests that never became
 * calls.
 */
final class StatisticsGuard implements CallGuard {

	private static final Log logger = LogFactory.getLog(StatisticsGuard.class);

	private final CallStatistics statistics;

	private final Catalog catalog;

	private final LongSupplier ticker;

	StatisticsGuard(CallStatistics statistics, Catalog catalog, LongSupplier ticker) {
		this.statistics = statistics;
		this.catalog = catalog;
		this.ticker = ticker;
	}

	@Override
	public CallStage stage() {
		return CallStage.OBSERVE;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		TargetKind kind = kind(call);
		String target = call.target();
		if (kind == null || target == null) {
			return next.proceed(call, context);
		}
		long begun = this.ticker.getAsLong();
		// What comes back later is not what the client was told
		context.onExpiry((outcome) -> record(kind, () -> this.catalog.entry(kind, target), outcome, begun));
		CallOutcome outcome = next.proceed(call, context);
		if (!context.isExpired()) {
			// Not before the limits of the caller: who makes up URIs is not to have them
			// looked for
			record(kind, () -> this.catalog.entry(kind, target, context), outcome, begun);
		}
		return outcome;
	}

	private void record(TargetKind kind, Supplier<@Nullable String> entry, CallOutcome outcome, long begun) {
		long nanos = this.ticker.getAsLong() - begun;
		String found = null;
		try {
			found = entry.get();
		}
		catch (RuntimeException ex) {
			// No reason to lose what the call has come to
			logger.debug("Something that was called could not be found for its statistics", ex);
		}
		this.statistics.record(kind, found, outcome, nanos);
	}

	private static @Nullable TargetKind kind(McpCall call) {
		return switch (call.method()) {
			case "tools/call" -> TargetKind.TOOL;
			case "prompts/get" -> TargetKind.PROMPT;
			case "resources/read" -> TargetKind.RESOURCE;
			default -> null;
		};
	}

	@EventListener
	void onRefused(RequestRefused event) {
		this.statistics.refused(event.reason());
	}

	@EventListener
	void onAuthenticationFailed(AuthenticationFailed event) {
		this.statistics.refused(RefusalReason.UNAUTHENTICATED);
	}

}
