// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.mcpremote.call.AbandonedCallEnded;
import io.mcpremote.call.CallAbandoned;
import io.mcpremote.call.CallText;
import io.mcpremote.call.McpCall;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The calls whose clients have been answered but whose targets go on, each of them on a
 * thread that nobody else can have.
 */
final class AbandonedCalls {

	private static final Log logger = LogFactory.getLog(AbandonedCalls.class);

	private final AtomicInteger count = new AtomicInteger();

	// Of those only that have such a call
	private final Map<String, Integer> shares = new ConcurrentHashMap<>();

	private final int max;

	private final Consumer<Object> events;

	/**
	 * Create the count.
	 * @param max how many are borne
	 * @param events is told of what happens, and must neither wait nor fail
	 */
	AbandonedCalls(int max, Consumer<Object> events) {
		this.max = max;
		this.events = events;
	}

	/**
	 * Return whether a call must not be begun. A quarter of what is borne is all that one
	 * user, or one tool, can take from the others.
	 */
	boolean isExhausted(McpCall call) {
		int all = this.count.get();
		return all > 0 && (all >= this.max || isShareTaken(call.caller().userKey()) || isShareTaken(target(call)));
	}

	int count() {
		return this.count.get();
	}

	private boolean isShareTaken(String key) {
		return this.shares.getOrDefault(key, 0) >= Math.max(1, this.max / 4);
	}

	/**
	 * Note that a call is abandoned.
	 * @param call the call
	 * @param timeout how long it was allowed to take
	 * @param thread what it keeps busy
	 */
	void abandon(McpCall call, Duration timeout, Thread thread) {
		int abandoned;
		synchronized (this) {
			abandoned = this.count.incrementAndGet();
			this.shares.merge(call.caller().userKey(), 1, Integer::sum);
			this.shares.merge(target(call), 1, Integer::sum);
			// In the order of what they tell of: who comes last is right
			this.events.accept(new CallAbandoned(call, timeout, abandoned, this.max));
		}
		logger.warn(CallText.of(call) + " took longer than " + timeout.toMillis()
				+ " ms. Its client has been answered; thread '" + thread.getName() + "' is still busy with it"
				+ place(thread) + ". Abandoned calls: " + abandoned + " of at most " + this.max);
	}

	/**
	 * Note that an abandoned call has come to its end.
	 */
	synchronized void end(McpCall call) {
		int abandoned = this.count.decrementAndGet();
		List.of(call.caller().userKey(), target(call))
			.forEach((key) -> this.shares.computeIfPresent(key, (same, number) -> (number > 1) ? number - 1 : null));
		this.events.accept(new AbandonedCallEnded(call, abandoned, this.max));
		logger.debug(CallText.of(call) + " has come to an end long after its client was answered");
	}

	private static String target(McpCall call) {
		return call.method() + " " + call.target();
	}

	/**
	 * Where the thread is says more about what holds it than anything else.
	 */
	private static String place(Thread thread) {
		StackTraceElement[] frames = thread.getStackTrace();
		return (frames.length > 0) ? " at " + frames[0] : "";
	}

}
