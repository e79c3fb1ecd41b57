// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.List;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;

/**
 * Limits what one caller may ask for, whatever it is. What a call costs more than others
 * is taken later: before authorization it would tell of things that are hidden.
 */
final class CallerLimitGuard implements CallGuard {

	private final CallerLimits limits;

	private final Limiter limiter;

	CallerLimitGuard(CallerLimits limits, Limiter limiter) {
		this.limits = limits;
		this.limiter = limiter;
	}

	@Override
	public CallStage stage() {
		return CallStage.CALLER_LIMIT;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		if (this.limiter.isPaid(context)) {
			context.attribute(ToolLimitGuard.PAID, true);
			return next.proceed(call, context);
		}
		List<Limit> all = this.limits.of(call);
		Refusal refusal = this.limiter.take(call, context, all);
		if (refusal != null) {
			return refusal;
		}
		CallOutcome outcome = next.proceed(call, context);
		if (context.attribute(ToolLimitGuard.REFUSED) != null) {
			// A limit further on spends nothing here
			this.limiter.giveBack(context, all);
		}
		// Where a guard between has refused, nobody has told the client yet
		this.limiter.tell(context);
		return outcome;
	}

}
