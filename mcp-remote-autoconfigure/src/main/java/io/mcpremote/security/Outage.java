// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that something does not answer, so that not everybody waits for it. Only what
 * made somebody wait counts: a failure that comes at once holds up nobody, and may be the
 * fault of the one token that was asked about.
 */
final class Outage {

	private static final Log logger = LogFactory.getLog(Outage.class);

	private static final Duration SLOW = Duration.ofSeconds(1);

	private static final Duration PAUSE = Duration.ofSeconds(3);

	private static final Duration BETWEEN_LOGS = Duration.ofMinutes(1);

	private final AtomicReference<@Nullable Instant> since = new AtomicReference<>();

	private final AtomicReference<@Nullable Instant> logged = new AtomicReference<>();

	private final Clock clock;

	private volatile boolean failing;

	Outage(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Return whether to ask. After a pause one caller finds out whether there is an
	 * answer again, and the others pause once more.
	 */
	boolean isToBeTried() {
		Instant last = this.since.get();
		Instant now = this.clock.instant();
		return last == null || (!now.isBefore(last.plus(PAUSE)) && this.since.compareAndSet(last, now));
	}

	/**
	 * Take note of an answer.
	 */
	void answered() {
		this.failing = false;
		this.since.set(null);
	}

	/**
	 * Take note that nobody was asked after all, so that the next one may.
	 */
	void notAsked() {
		this.since.updateAndGet((last) -> (last != null) ? last.minus(PAUSE) : null);
	}

	/**
	 * Take note that there was no answer.
	 * @param begun when it was asked for
	 * @param problem what there was instead
	 */
	void failed(Instant begun, RuntimeException problem) {
		Instant now = this.clock.instant();
		if (!now.isBefore(begun.plus(SLOW))) {
			this.since.set(now);
		}
		log(now, problem);
		this.failing = true;
	}

	/**
	 * Once per outage, and not often if those are many and short.
	 */
	private void log(Instant now, RuntimeException problem) {
		Instant last = this.logged.get();
		boolean due = !this.failing && (last == null || !now.isBefore(last.plus(BETWEEN_LOGS)));
		if (due && this.logged.compareAndSet(last, now)) {
			logger.warn("Tokens cannot be verified, and clients are told to come back later: " + problem.getMessage(),
					problem);
		}
		else {
			logger.debug("Tokens still cannot be verified: " + problem.getMessage());
		}
	}

}
