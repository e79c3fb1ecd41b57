// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

import io.mcpremote.call.ServerCount;
import org.jspecify.annotations.Nullable;

/**
 * All calls under way on this replica.
 */
final class CallsInFlight implements ServerCount {

	private final Set<CallInFlight> calls = ConcurrentHashMap.newKeySet();

	private final Map<String, CallInFlight> byRequest = new ConcurrentHashMap<>();

	private final Clock clock;

	private final LongSupplier ticker;

	private final Duration longCallAfter;

	private final Duration heartbeat;

	/**
	 * Create the set.
	 * @param clock tells the time
	 * @param ticker counts nanoseconds
	 * @param longCallAfter when a call counts as long
	 * @param heartbeat how often a long call gives a sign of life
	 */
	CallsInFlight(Clock clock, LongSupplier ticker, Duration longCallAfter, Duration heartbeat) {
		this.clock = clock;
		this.ticker = ticker;
		this.longCallAfter = longCallAfter;
		this.heartbeat = heartbeat;
	}

	/**
	 * Note that a call begins.
	 * @param reply where its answer goes
	 * @param key under which the client can take it back, if it can
	 */
	CallInFlight begin(HttpReply reply, @Nullable String key) {
		CallInFlight call = new CallInFlight(reply, this.ticker);
		this.calls.add(call);
		if (key != null) {
			this.byRequest.put(key, call);
		}
		return call;
	}

	/**
	 * Note that a call has ended.
	 */
	void end(CallInFlight call, @Nullable String key) {
		call.end();
		this.calls.remove(call);
		if (key != null) {
			this.byRequest.remove(key, call);
		}
	}

	/**
	 * Take a call back, if it is still under way.
	 */
	void cancel(String key) {
		CallInFlight call = this.byRequest.get(key);
		if (call != null) {
			call.cancel();
		}
	}

	/**
	 * Give signs of life for long calls. To be called often.
	 * @param executor runs the signs, each of which may wait for a client; may leave out
	 * some if there are too many
	 */
	void sweep(Executor executor) {
		Instant now = this.clock.instant();
		Instant longSince = now.minus(this.longCallAfter);
		Instant due = now.minus(this.heartbeat);
		for (CallInFlight call : this.calls) {
			Instant entered = call.entered();
			if (entered != null && entered.isBefore(longSince) && call.lastBeat().isBefore(due)) {
				call.markBeat(now);
				executor.execute(call::beat);
			}
		}
	}

	/**
	 * Answer for calls whose time is over, and take back those that could not be at once.
	 * To be called very often.
	 * @param executor runs the answers, each of which may wait for a client
	 */
	void expire(Executor executor) {
		for (CallInFlight call : this.calls) {
			if (call.isToBeCancelled()) {
				call.cancel();
			}
			if (call.isDue()) {
				executor.execute(call::expire);
			}
		}
	}

	int size() {
		return this.calls.size();
	}

	@Override
	public String meter() {
		return "mcp.server.calls.active";
	}

	@Override
	public String description() {
		return "Calls under way";
	}

	@Override
	public long count() {
		return size();
	}

	/**
	 * Return the key under which a request of a session can be taken back.
	 */
	static String key(String sessionId, Object requestId) {
		// A number and a string that look alike are different ids
		return sessionId + ((requestId instanceof String) ? " s " : " n ") + requestId;
	}

}
