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
import io.mcpremote.call.Failures;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.RequestRefused;
import io.mcpremote.call.TargetKind;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;

/**
 * Has calls counted, those of tools, prompts and resources each for itself, and requests
 * that never became calls.
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
		TargetKind kind = TargetKind.called(call.method());
		String target = call.target();
		if (kind == null || target == null) {
			// Limits and the like refuse these too
			return unnamed(call, context, next);
		}
		long begun = this.ticker.getAsLong();
		// What comes back later is not what the client was told
		context.onExpiry((outcome) -> record(kind, () -> this.catalog.entry(kind, target),
				Failures.unlessTakenBack(outcome, context), begun));
		CallOutcome outcome = next.proceed(call, context);
		if (!context.isExpired()) {
			// Not before the limits of the caller: who makes up URIs is not to have them
			// looked for
			record(kind, () -> this.catalog.entry(kind, target, context), Failures.unlessTakenBack(outcome, context),
					begun);
		}
		return outcome;
	}

	private CallOutcome unnamed(McpCall call, CallContext context, CallChain next) {
		context.onExpiry((outcome) -> this.statistics.record(Failures.unlessTakenBack(outcome, context)));
		CallOutcome outcome = next.proceed(call, context);
		if (!context.isExpired()) {
			this.statistics.record(Failures.unlessTakenBack(outcome, context));
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

	@EventListener
	void onRefused(RequestRefused event) {
		this.statistics.refused(event.reason());
	}

	@EventListener
	void onAuthenticationFailed(AuthenticationFailed event) {
		RefusalReason reason = switch (event.fault()) {
			case "too_many" -> RefusalReason.LIMITED;
			case "unavailable" -> RefusalReason.UNAVAILABLE;
			default -> RefusalReason.UNAUTHENTICATED;
		};
		this.statistics.refused(reason);
	}

}
