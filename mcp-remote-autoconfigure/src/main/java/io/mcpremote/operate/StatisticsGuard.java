// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.function.LongSupplier;

import io.mcpremote.call.AuthenticationFailed;
import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.CalledEntry;
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
		context.onExpiry((outcome) -> record(kind, call, context, outcome, begun));
		CallOutcome outcome = next.proceed(call, context);
		if (!context.isExpired()) {
			record(kind, call, context, outcome, begun);
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

	private void record(TargetKind kind, McpCall call, CallContext context, CallOutcome returned, long begun) {
		// People take their time
		long nanos = this.ticker.getAsLong() - begun - context.waited().toNanos();
		CallOutcome outcome = Failures.unlessTakenBack(returned, context);
		this.statistics.record(kind, entry(kind, call, context, outcome), outcome, nanos);
	}

	private @Nullable String entry(TargetKind kind, McpCall call, CallContext context, CallOutcome outcome) {
		String target = call.target();
		try {
			String entry = CalledEntry.of(call, context, outcome, this.catalog);
			if (entry == null && target != null && !CalledEntry.isKnown(context)
					&& this.statistics.isCounted(kind, target)) {
				// Refused before anybody had to know whether there is such a thing
				return target;
			}
			return entry;
		}
		catch (RuntimeException ex) {
			// No reason to lose what the call has come to
			logger.debug("Something that was called could not be found for its statistics", ex);
			return null;
		}
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
