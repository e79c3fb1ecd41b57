// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.List;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.Policy;

/**
 * Limits how often one user may use a tool, prompt or resource that has a limit of its
 * own.
 */
final class ToolLimitGuard implements CallGuard {

	/**
	 * Set when a call goes on with what has been paid for.
	 */
	static final String PAID = "ratelimit.paid";

	/**
	 * Set when a call was refused here.
	 */
	static final String REFUSED = "ratelimit.refused";

	private final CallPolicies policies;

	private final Limiter limiter;

	ToolLimitGuard(CallPolicies policies, Limiter limiter) {
		this.policies = policies;
		this.limiter = limiter;
	}

	@Override
	public CallStage stage() {
		return CallStage.TOOL_LIMIT;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		Policy policy = this.policies.of(call, context);
		if (policy.rateLimit() == null || context.attribute(PAID) != null) {
			return next.proceed(call, context);
		}
		String key = call.method() + ' ' + user(call.caller()) + ' ' + this.policies.entry(call, context);
		Refusal refusal = this.limiter.take(call, context, List.of(new Limit("tool", key, policy.rateLimit())),
				policy.cost());
		if (refusal != null) {
			context.attribute(REFUSED, true);
			return refusal;
		}
		return next.proceed(call, context);
	}

	private static String user(Caller caller) {
		return (caller.isAnonymous()) ? NetworkAddress.prefix(caller.address()) : caller.userKey();
	}

}
