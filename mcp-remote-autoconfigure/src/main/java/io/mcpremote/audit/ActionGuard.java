// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;

/**
 * Notes what a call is to do before its target can change the arguments. Calls that do
 * not come this far leave them as they are.
 */
final class ActionGuard implements CallGuard {

	@Override
	public CallStage stage() {
		return CallStage.RECORD;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		CallRecording recording = CallRecording.of(context);
		if (recording != null) {
			recording.action();
		}
		return next.proceed(call, context);
	}

}
