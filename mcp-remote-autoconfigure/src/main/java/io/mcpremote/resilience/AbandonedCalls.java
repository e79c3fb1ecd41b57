// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.call.AbandonedCallEnded;
import io.mcpremote.call.CallAbandoned;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;

/**
 * The calls whose clients have been answered but whose targets go on, each of them on a
 * thread that nobody else can have.
 */
final class AbandonedCalls {

	private static final Log logger = LogFactory.getLog(AbandonedCalls.class);

	private final AtomicInteger count = new AtomicInteger();

	private final int max;

	private final ApplicationEventPublisher events;

	AbandonedCalls(int max, ApplicationEventPublisher events) {
		this.max = max;
		this.events = events;
	}

	boolean isExhausted() {
		return this.count.get() >= this.max;
	}

	/**
	 * Note that a call is abandoned.
	 * @param call the call
	 * @param timeout how long it was allowed to take
	 * @param thread what it keeps busy
	 */
	void abandon(McpCall call, Duration timeout, Thread thread) {
		int abandoned = this.count.incrementAndGet();
		logger.warn(name(call) + " took longer than " + timeout.toMillis()
				+ " ms. Its client has been answered; thread '" + thread.getName() + "' is still busy with it"
				+ place(thread) + ". Abandoned calls: " + abandoned + " of at most " + this.max);
		this.events.publishEvent(new CallAbandoned(call, timeout, abandoned, this.max));
	}

	/**
	 * Note that an abandoned call has come to its end.
	 */
	void end(McpCall call) {
		int abandoned = this.count.decrementAndGet();
		logger.debug(name(call) + " has come to an end long after its client was answered");
		this.events.publishEvent(new AbandonedCallEnded(call, abandoned, this.max));
	}

	private static String name(McpCall call) {
		String target = (call.target() != null) ? " of '" + Refusals.shown(call.target()) + "'" : "";
		return "Call " + call.id() + " (" + Refusals.shown(call.method()) + target + ")";
	}

	/**
	 * Where the thread is says more about what holds it than anything else.
	 */
	private static String place(Thread thread) {
		StackTraceElement[] frames = thread.getStackTrace();
		return (frames.length > 0) ? " at " + frames[0] : "";
	}

}
