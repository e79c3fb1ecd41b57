// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A call under way, and whether its client has taken it back. Only the target is ever
 * interrupted, not the guards around it, which have files and connections of their own to
 * look after.
 */
final class CallInFlight {

	private final HttpReply reply;

	private @Nullable Thread thread;

	private volatile boolean cancelled;

	private volatile @Nullable Instant entered;

	// Touched by one thread only, the one that sweeps
	private Instant lastBeat = Instant.MIN;

	CallInFlight(HttpReply reply) {
		this.reply = reply;
	}

	/**
	 * Note that the current thread begins to run the target.
	 * @return whether it may; {@code false} if the call has been taken back already
	 */
	synchronized boolean enter(Instant now) {
		if (this.cancelled) {
			return false;
		}
		this.thread = Thread.currentThread();
		this.entered = now;
		return true;
	}

	/**
	 * Note that the target has been run, on the thread that ran it.
	 */
	synchronized void leave() {
		this.thread = null;
		this.entered = null;
		if (this.cancelled) {
			// The thread goes on to serve others, who have not been taken back
			Thread.interrupted();
		}
	}

	/**
	 * Take the call back: nothing more is sent for it, and the thread that runs its
	 * target is interrupted, once, and only as long as it does.
	 */
	void cancel() {
		// An interrupt that meets a thread writing to its client would close the
		// connection, on which there may be the calls of others
		this.reply.mute(this::interrupt);
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

	private synchronized void interrupt() {
		if (!this.cancelled) {
			this.cancelled = true;
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}
	}

}
