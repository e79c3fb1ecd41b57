// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;

/**
 * Refuses calls of tools whose arguments do not agree with the headers that repeat them:
 * after it is known that the caller may know of the tool, and before any remembered
 * result is given.
 */
final class ParamHeaderGuard implements CallGuard {

	private final ServerCatalog catalog;

	ParamHeaderGuard(ServerCatalog catalog) {
		this.catalog = catalog;
	}

	@Override
	public CallStage stage() {
		return CallStage.VALIDATE;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		if (TargetMethods.TOOLS_CALL.equals(call.method()) && call.target() != null) {
			RunningCall running = RunningCall.of(context);
			ListCatalog.Entry tool = this.catalog.find(ListKind.TOOLS, call.target(), running);
			Refusal refusal = (tool != null) ? running.check(tool) : null;
			if (refusal != null) {
				return refusal;
			}
		}
		return next.proceed(call, context);
	}

}
