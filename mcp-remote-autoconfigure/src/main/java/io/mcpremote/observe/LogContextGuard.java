// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.function.BiConsumer;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.ReactiveContextSource;
import org.jspecify.annotations.Nullable;

/**
 * Has log lines say which call they belong to while it is under way, in its thread and in
 * the Reactor context of its target.
 */
final class LogContextGuard implements CallGuard, ReactiveContextSource {

	/**
	 * The key of the Reactor context.
	 */
	static final String KEY = "mcp.remote.log";

	private final LogContext log;

	LogContextGuard(LogContext log) {
		this.log = log;
	}

	@Override
	public CallStage stage() {
		return CallStage.OBSERVE;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		// Whatever has been said before, by the application or for a call around this one
		@Nullable String[] before = this.log.current();
		this.log.set(this.log.ofUnresolved(call));
		try {
			return next.proceed(call, context);
		}
		finally {
			this.log.set(before);
		}
	}

	@Override
	public void contribute(McpCall call, BiConsumer<Object, Object> context) {
		// Only what there is comes this far
		context.accept(KEY, this.log.of(call));
	}

}
