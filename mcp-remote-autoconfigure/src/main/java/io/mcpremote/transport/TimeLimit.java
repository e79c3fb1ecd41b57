// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.mcpremote.call.CallContext.Deadline;
import io.mcpremote.call.CallOutcome.Failure;

/**
 * How long a call may still take. Its time stands still while the call waits for a
 * person.
 */
final class TimeLimit implements Deadline {

	private final LongSupplier ticker;

	private final Supplier<Failure> outcome;

	private long due;

	private boolean standing;

	private boolean ended;

	private volatile boolean passed;

	/**
	 * Let the time begin.
	 * @param ticker counts nanoseconds
	 * @param timeout how long the call may take
	 * @param outcome says what becomes of it otherwise
	 */
	TimeLimit(LongSupplier ticker, Duration timeout, Supplier<Failure> outcome) {
		this.ticker = ticker;
		this.outcome = outcome;
		this.due = ticker.getAsLong() + timeout.toNanos();
	}

	Failure outcome() {
		return this.outcome.get();
	}

	/**
	 * Return whether the time is over and nobody has noticed yet.
	 */
	synchronized boolean isDue() {
		return !this.passed && !this.ended && !this.standing && this.due - this.ticker.getAsLong() <= 0;
	}

	/**
	 * Return whether the time has been over for so long, and nobody has noticed yet.
	 */
	synchronized boolean isOverdue(Duration duration) {
		return isDue() && this.due - this.ticker.getAsLong() <= -duration.toNanos();
	}

	/**
	 * Let the time be over.
	 * @return whether it is, and was not before
	 */
	synchronized boolean pass() {
		boolean now = isDue();
		this.passed |= now;
		return now;
	}

	boolean isPassed() {
		return this.passed;
	}

	synchronized void stand() {
		if (!this.standing) {
			this.standing = true;
			this.due -= this.ticker.getAsLong();
		}
	}

	synchronized void goOn() {
		if (this.standing) {
			this.standing = false;
			this.due += this.ticker.getAsLong();
		}
	}

	@Override
	public synchronized boolean end() {
		this.ended = true;
		return this.passed;
	}

}
