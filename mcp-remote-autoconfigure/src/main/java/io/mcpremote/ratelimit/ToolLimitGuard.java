// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.ArrayList;
import java.util.List;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.Policy;
import io.mcpremote.policy.Rate;
import org.jspecify.annotations.Nullable;

/**
 * Limits how often one user may use a tool, prompt or resource that has a limit of its
 * own, and takes what it costs more than others.
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

	private final CallerLimits callers;

	private final CallPolicies policies;

	private final Limiter limiter;

	ToolLimitGuard(CallerLimits callers, CallPolicies policies, Limiter limiter) {
		this.callers = callers;
		this.policies = policies;
		this.limiter = limiter;
	}

	@Override
	public CallStage stage() {
		return CallStage.TOOL_LIMIT;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		List<Limit> limits = (context.attribute(PAID) != null) ? List.of() : limits(call, context);
		Refusal refusal = (limits.isEmpty()) ? null : this.limiter.take(call, context, limits);
		if (refusal != null) {
			context.attribute(REFUSED, true);
			return refusal;
		}
		this.limiter.tell(context);
		return next.proceed(call, context);
	}

	private List<Limit> limits(McpCall call, CallContext context) {
		Policy policy = this.policies.of(call, context);
		if (policy.cost() == 1) {
			return (policy.rateLimit() != null) ? ownOnly(call, context, policy.rateLimit()) : List.of();
		}
		Limit own = own(call, context, policy);
		List<Limit> limits = new ArrayList<>();
		this.callers.of(call).forEach((limit) -> limits.add(limit.withCost(policy.cost() - 1L)));
		if (own != null) {
			limits.add(own);
		}
		return limits;
	}

	/**
	 * Whoever uses a tool is likely to use it again.
	 */
	private List<Limit> ownOnly(McpCall call, CallContext context, Rate rate) {
		String entry = this.policies.entry(call, context);
		if (entry == null) {
			return List.of();
		}
		LastUse last = call.caller().kept(this, LastUse.class);
		if (last == null || !last.isOf(call.method(), entry, rate)) {
			last = new LastUse(call.method(), entry, rate, List.of(limit(call, entry, rate, 1)));
			call.caller().keep(this, last);
		}
		return last.limits();
	}

	private @Nullable Limit own(McpCall call, CallContext context, Policy policy) {
		String entry = (policy.rateLimit() != null) ? this.policies.entry(call, context) : null;
		return (policy.rateLimit() != null && entry != null) ? limit(call, entry, policy.rateLimit(), policy.cost())
				: null;
	}

	private static Limit limit(McpCall call, String entry, Rate rate, int cost) {
		return new Limit("tool", call.method() + ' ' + call.caller().userKey() + ' ' + entry, rate, cost);
	}

	/**
	 * What limits the tool that a caller has used last.
	 */
	private record LastUse(String method, String entry, Rate rate, List<Limit> limits) {

		boolean isOf(String otherMethod, String otherEntry, Rate otherRate) {
			return this.rate == otherRate && this.entry.equals(otherEntry) && this.method.equals(otherMethod);
		}

	}

}
