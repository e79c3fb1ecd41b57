// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Writes to the log that calls are refused because too many are running, not more than a
 * line per second: it happens in crowds.
 */
final class BulkheadLog {

	private static final Log logger = LogFactory.getLog(BulkheadLog.class);

	private final Clock clock;

	private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

	private final AtomicLong unsaid = new AtomicLong();

	BulkheadLog(Clock clock) {
		this.clock = clock;
	}

	void full(McpCall call, String level) {
		Instant now = this.clock.instant();
		Instant due = this.next.get();
		if (now.isBefore(due) || !this.next.compareAndSet(due, now.plusSeconds(1))) {
			this.unsaid.incrementAndGet();
			return;
		}
		long more = this.unsaid.getAndSet(0);
		String who = (call.caller().subject() != null) ? call.caller().subject() : call.caller().address();
		String target = (call.target() != null) ? " of '" + Refusals.shown(call.target()) + "'" : "";
		logger.info("Call " + call.id() + " (" + Refusals.shown(call.method()) + target + ") of " + Refusals.shown(who)
				+ " is refused: too many are running at level '" + level + "'"
				+ ((more > 0) ? "; " + more + " more since the last such line" : ""));
	}

}
