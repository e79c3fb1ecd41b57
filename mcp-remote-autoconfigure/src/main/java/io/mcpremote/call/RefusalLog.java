// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;

/**
 * Writes to a log that calls are refused, not more than a line per second: who calls in a
 * loop, or in a crowd, must not fill it.
 *
 * @since 0.1.0
 */
public final class RefusalLog {

	private final Log logger;

	private final Clock clock;

	private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

	private final AtomicLong unsaid = new AtomicLong();

	/**
	 * Create the log.
	 * @param logger where the lines go
	 * @param clock tells the time
	 */
	public RefusalLog(Log logger, Clock clock) {
		this.logger = logger;
		this.clock = clock;
	}

	/**
	 * Note that a call is refused.
	 * @param call the call
	 * @param reason why, as the end of a sentence
	 */
	public void refused(McpCall call, String reason) {
		Instant now = this.clock.instant();
		Instant due = this.next.get();
		if (now.isBefore(due) || !this.next.compareAndSet(due, now.plusSeconds(1))) {
			this.unsaid.incrementAndGet();
			return;
		}
		long more = this.unsaid.getAndSet(0);
		String who = (call.caller().subject() != null) ? call.caller().subject() : call.caller().address();
		this.logger.info(CallText.of(call) + " of " + Refusals.shown(who) + " is refused: " + reason
				+ ((more > 0) ? "; " + more + " more since the last such line" : ""));
	}

}
