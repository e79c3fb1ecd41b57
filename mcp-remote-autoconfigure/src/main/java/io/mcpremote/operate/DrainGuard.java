// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.DrainStarted;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Turns new calls away while the application shuts down, and lets those under way end.
 */
final class DrainGuard implements CallGuard, SmartLifecycle {

	private static final Log logger = LogFactory.getLog(DrainGuard.class);

	private static final Duration RETRY = Duration.ofSeconds(2);

	private final LongAdder underWay = new LongAdder();

	private final ApplicationEventPublisher events;

	private volatile boolean running;

	private volatile boolean draining;

	DrainGuard(ApplicationEventPublisher events) {
		this.events = events;
	}

	@Override
	public CallStage stage() {
		return CallStage.ADMIT;
	}

	@Override
	public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
		if (this.draining) {
			return Refusals.unavailable("This server is shutting down; try again, there may be another replica", RETRY);
		}
		this.underWay.increment();
		try {
			return next.proceed(call, context);
		}
		finally {
			this.underWay.decrement();
		}
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
		try {
			this.events.publishEvent(new DrainStarted(this.underWay.intValue()));
		}
		catch (RuntimeException ex) {
			logger.warn("A listener failed to hear that this server takes no new calls", ex);
		}
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
