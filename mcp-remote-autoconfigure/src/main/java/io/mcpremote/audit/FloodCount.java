// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.concurrent.atomic.AtomicLong;

import io.mcpremote.audit.AuditEvent.Actor;

/**
 * How many refusals are alike, until somebody takes the number, once.
 */
final class FloodCount {

	// So far below zero that no number of refusals brings it back
	private static final long CLOSED = Long.MIN_VALUE / 2;

	private final AtomicLong seen = new AtomicLong();

	private final Actor actor;

	FloodCount(Actor actor) {
		this.actor = actor;
	}

	/**
	 * Return who is refused.
	 */
	Actor actor() {
		return this.actor;
	}

	/**
	 * Count one more.
	 * @param first how many are recorded by themselves
	 */
	Verdict add(int first) {
		long number = this.seen.incrementAndGet();
		if (number < 0) {
			return Verdict.TOO_LATE;
		}
		return (number <= first) ? Verdict.RECORD : Verdict.COUNTED;
	}

	/**
	 * Take the number, after which nothing is counted any more.
	 * @return how many there were, less than none if it has been taken before
	 */
	long close() {
		return this.seen.getAndSet(CLOSED);
	}

	/**
	 * What becomes of a refusal.
	 */
	enum Verdict {

		/**
		 * It is to be recorded by itself.
		 */
		RECORD,

		/**
		 * It has been counted.
		 */
		COUNTED,

		/**
		 * It is up to the next window.
		 */
		TOO_LATE

	}

}
