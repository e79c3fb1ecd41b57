// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.benchmarks;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;

/**
 * Keeps the context of a call that has come over HTTP, by way of which guards find the
 * server's tools.
 */
final class RealContext implements CallGuard {

	private volatile CallContext kept;

	@Override
	public CallStage stage() {
		return CallStage.OBSERVE;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		this.kept = context;
		return next.proceed(call, context);
	}

	CallContext kept() {
		return this.kept;
	}

}
