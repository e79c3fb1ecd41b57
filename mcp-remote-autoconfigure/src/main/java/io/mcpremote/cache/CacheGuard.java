// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.policy.CacheRule;
import io.mcpremote.policy.CacheScope;
import io.mcpremote.policy.Policies;
import io.mcpremote.policy.Policy;

/**
 * Decides which calls are answered from what is remembered, and has forgotten what a call
 * has made obsolete.
 */
final class CacheGuard implements CallGuard {

	private static final String TOOLS_CALL = "tools/call";

	private final Policies policies;

	private final CacheableTools tools;

	private final ResultKeys keys;

	private final Results results;

	private final RememberedCalls calls;

	CacheGuard(Policies policies, CacheableTools tools, ResultKeys keys, Results results, RememberedCalls calls) {
		this.policies = policies;
		this.tools = tools;
		this.keys = keys;
		this.results = results;
		this.calls = calls;
	}

	@Override
	public CallStage stage() {
		return CallStage.CACHE;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		String tool = call.target();
		if (tool == null || !TOOLS_CALL.equals(call.method())) {
			return next.proceed(call, context);
		}
		Policy policy = this.policies.tool(tool);
		CacheRule rule = policy.cache();
		if (rule == null || !isCacheable(call, tool, rule, context)) {
			return run(call, context, next, policy);
		}
		return this.calls.answer(this.keys.of(call, tool, rule.scope()), rule, policy, call, context,
				() -> run(call, context, next, policy));
	}

	/**
	 * Return whether the result of a call may be one that was given before, and may be
	 * given again. What people have said in between is not for others.
	 */
	private boolean isCacheable(McpCall call, String tool, CacheRule rule, CallContext context) {
		boolean further = call.params().containsKey("inputResponses") || call.params().containsKey("requestState");
		return !further && (rule.scope() == CacheScope.SHARED || !call.caller().isAnonymous())
				&& this.tools.allow(tool, rule, context);
	}

	private CallOutcome run(McpCall call, CallContext context, CallChain next, Policy policy) {
		if (policy.invalidates().isEmpty()) {
			return next.proceed(call, context);
		}
		// What has run out of time may have written, and may go on doing so
		context.onExpiry((outcome) -> this.results.forget(policy.invalidates()));
		try {
			return next.proceed(call, context);
		}
		finally {
			this.results.forget(policy.invalidates());
		}
	}

}
