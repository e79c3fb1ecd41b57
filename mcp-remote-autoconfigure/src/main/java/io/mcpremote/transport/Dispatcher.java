// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Map;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;

/**
 * The end of the pipeline: hands each call to whoever answers its method.
 */
final class Dispatcher implements CallChain {

	private final Map<String, MethodHandler> handlers;

	Dispatcher(Map<String, MethodHandler> handlers) {
		this.handlers = Map.copyOf(handlers);
	}

	@Override
	public CallOutcome proceed(McpCall call, CallContext context) {
		MethodHandler handler = this.handlers.get(call.method());
		if (handler == null) {
			return Refusals.methodNotFound(call.method());
		}
		return handler.handle(call, RunningCall.of(context));
	}

}
