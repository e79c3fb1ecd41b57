// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.wire.WireReply;
import org.jspecify.annotations.Nullable;

/**
 * A call under way, and whether its client has taken it back or its time is over. Only
 * the target is ever interrupted, not the guards around it, which have files and
 * connections of their own to look after.
 */
final class CallInFlight {

	/**
	 * How long an answer waits for somebody who writes to the client.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final HttpReply reply;

	private final LongSupplier ticker;

	private @Nullable Thread thread;

	private boolean interruptible = true;

	private boolean interrupted;

	private volatile boolean keptRunning;

	private volatile boolean cancelled;

	private boolean ended;

	private volatile boolean toCancel;

	private volatile @Nullable TimeLimit limit;

	private volatile @Nullable Expiry expiry;

	private volatile @Nullable Instant entered;

	// Touched by one thread only, the one that sweeps
	private Instant lastBeat = Instant.MIN;

	CallInFlight(HttpReply reply, LongSupplier ticker) {
		this.reply = reply;
		this.ticker = ticker;
	}

	/**
	 * Note that the current thread begins to run the target.
	 * @return whether it may; {@code false} if the call has been taken back or answered
	 * already
	 */
	synchronized boolean enter(Instant now) {
		if (this.cancelled || isExpired()) {
			return false;
		}
		this.thread = Thread.currentThread();
		this.interrupted = false;
		this.entered = now;
		return true;
	}

	/**
	 * Note that the target has been run, on the thread that ran it.
	 */
	synchronized void leave() {
		this.thread = null;
		this.entered = null;
		// Whoever interrupted it, and be it the target itself: the thread goes on to
		// write to clients and to serve others. Containers that stop do not count on it
		Thread.interrupted();
	}

	/**
	 * Note that the call has come to its end. What follows on the same connection is
	 * somebody else's.
	 */
	synchronized void end() {
		this.ended = true;
	}

	/**
	 * Never interrupt the target.
	 */
	synchronized void uninterruptible() {
		this.interruptible = false;
	}

	/**
	 * Bound the time of the call.
	 * @param timeout how long it may take
	 * @param outcome says what becomes of it otherwise
	 * @param newExpiry what to do then
	 */
	TimeLimit limit(Duration timeout, Supplier<Failure> outcome, Expiry newExpiry) {
		TimeLimit created = new TimeLimit(this.ticker, timeout, outcome);
		this.expiry = newExpiry;
		this.limit = created;
		return created;
	}

	/**
	 * Return whether the call has used up its time, and its client has been answered.
	 */
	boolean isExpired() {
		TimeLimit current = this.limit;
		return current != null && current.isPassed();
	}

	/**
	 * Return whether the time of the call is over and its client not answered yet.
	 */
	boolean isDue() {
		TimeLimit current = this.limit;
		return current != null && current.isDue();
	}

	/**
	 * Answer in place of the target, if it is time to, and stop the target if that does
	 * no harm. To be tried again if the client is being written to just now.
	 */
	void expire() {
		TimeLimit current = this.limit;
		Expiry action = this.expiry;
		if (current == null || action == null) {
			return;
		}
		boolean answered = this.reply.overtake(() -> (current.pass()) ? action.answer(current.outcome()) : null,
				// Before anything is written, which may take as long as the client likes
				() -> giveUp(current, action, true));
		if (!answered && current.isOverdue(PATIENCE) && current.pass()) {
			// Its client takes forever to read what came before, and gets no answer
			giveUp(current, action, false);
		}
	}

	private void giveUp(TimeLimit passed, Expiry action, boolean heard) {
		action.expired(passed.outcome());
		// And only now, or the call could come to its end before it is known why
		interruptTarget(heard);
	}

	/**
	 * Take the call back: nothing more is sent for it, and the thread that runs its
	 * target is interrupted, once, and only as long as it does. Whoever asks for it does
	 * not wait for that.
	 */
	void cancel() {
		// An interrupt that meets a thread writing to its client would close the
		// connection, on which there may be the calls of others
		this.toCancel = !this.reply.mute(this::interrupt);
	}

	/**
	 * Return whether the call is to be taken back, and could not be, because its client
	 * was being written to.
	 */
	boolean isToBeCancelled() {
		return this.toCancel;
	}

	/**
	 * Do not take the call back when its client goes away.
	 */
	void keepRunning() {
		this.keptRunning = true;
	}

	/**
	 * Take the call back because its client has gone away.
	 */
	void lose() {
		if (!this.keptRunning) {
			cancel();
		}
	}

	boolean isCancelled() {
		return this.cancelled;
	}

	/**
	 * Return since when the target has been running, if it is.
	 */
	@Nullable Instant entered() {
		return this.entered;
	}

	Instant lastBeat() {
		return this.lastBeat;
	}

	void markBeat(Instant now) {
		this.lastBeat = now;
	}

	void beat() {
		this.reply.heartbeat(() -> this.entered != null);
	}

	private synchronized boolean interrupt() {
		if (!this.ended && !this.cancelled) {
			this.cancelled = true;
			interruptTarget(true);
		}
		return !this.ended;
	}

	/**
	 * Interrupt the target, once: whoever cleans up after it has been taken back is left
	 * in peace at the deadline.
	 * @param heard whether the target hears of it; a container that waits until it can
	 * write keeps it to itself, and there has to be another one when the client has gone
	 */
	private synchronized void interruptTarget(boolean heard) {
		if (this.thread != null && this.interruptible && !this.interrupted) {
			this.interrupted = heard;
			this.thread.interrupt();
		}
	}

	/**
	 * What happens when the time of a call is over.
	 */
	interface Expiry {

		/**
		 * Return what the client is answered.
		 */
		WireReply answer(Failure outcome);

		/**
		 * Tell those who need to know.
		 */
		void expired(Failure outcome);

	}

}
