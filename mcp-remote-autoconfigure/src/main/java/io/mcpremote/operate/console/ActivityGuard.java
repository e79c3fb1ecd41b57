// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.ratelimit.LimitReport;

/**
 * Tells the console of calls that begin and end, and of the limits they met.
 */
final class ActivityGuard implements CallGuard {

	private final Activity activity;

	ActivityGuard(Activity activity) {
		this.activity = activity;
	}

	@Override
	public CallStage stage() {
		return CallStage.OBSERVE;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		this.activity.begin(call);
		try {
			CallOutcome outcome = next.proceed(call, context);
			this.activity.limits(call, LimitReport.of(context));
			return outcome;
		}
		finally {
			this.activity.end(call);
		}
	}

}
