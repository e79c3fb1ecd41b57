// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;

/**
 * Makes the answer of the outcome while those who observe and record calls have not seen
 * it yet: where none can be made, what they see is what the client gets instead.
 */
final class AnswerGuard implements CallGuard {

	@Override
	public CallStage stage() {
		// The first one after them
		return CallStage.ADMIT;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		return RunningCall.of(context).prepare(next.proceed(call, context));
	}

}
