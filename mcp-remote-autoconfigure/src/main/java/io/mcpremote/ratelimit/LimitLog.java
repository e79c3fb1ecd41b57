// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Writes to the log that callers are limited, not more than a line per second: a caller
 * in a loop must not fill it.
 */
final class LimitLog {

	private static final Log logger = LogFactory.getLog(LimitLog.class);

	private final Clock clock;

	private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

	private final AtomicLong unsaid = new AtomicLong();

	LimitLog(Clock clock) {
		this.clock = clock;
	}

	void limited(McpCall call, LimitState state) {
		Instant now = this.clock.instant();
		Instant due = this.next.get();
		if (now.isBefore(due) || !this.next.compareAndSet(due, now.plusSeconds(1))) {
			this.unsaid.incrementAndGet();
			return;
		}
		long more = this.unsaid.getAndSet(0);
		String who = (call.caller().subject() != null) ? call.caller().subject() : call.caller().address();
		logger.info("Call " + call.id() + " (" + Refusals.shown(call.method()) + ") of " + Refusals.shown(who)
				+ " is refused: limit '" + state.limit().level() + "' is used up"
				+ ((more > 0) ? "; " + more + " more since the last such line" : ""));
	}

}
