// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Duration;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;

import org.springframework.context.SmartLifecycle;

/**
 * Turns new calls away while the application shuts down, and lets those under way end.
 */
final class DrainGuard implements CallGuard, SmartLifecycle {

	private static final Duration RETRY = Duration.ofSeconds(2);

	private volatile boolean running;

	private volatile boolean draining;

	@Override
	public CallStage stage() {
		return CallStage.ADMIT;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		if (this.draining) {
			return Refusals.unavailable("This server is shutting down; try again, there may be another replica", RETRY);
		}
		return next.proceed(call, context);
	}

	boolean isDraining() {
		return this.draining;
	}

	@Override
	public void start() {
		this.draining = false;
		this.running = true;
	}

	@Override
	public void stop() {
		this.draining = true;
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		// Before streams are closed and the web server waits for requests to end
		return SmartLifecycle.DEFAULT_PHASE - 256;
	}

}
