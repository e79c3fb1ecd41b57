// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Instant;

/**
 * A call under way: which thread serves it, and whether it has been taken back.
 */
final class CallInFlight {

	private final HttpReply reply;

	private final Instant started;

	private final Thread thread;

	// Touched by one thread only, the one that sweeps
	private Instant lastBeat;

	private boolean running = true;

	private volatile boolean cancelled;

	CallInFlight(HttpReply reply, Instant started) {
		this.reply = reply;
		this.started = started;
		this.thread = Thread.currentThread();
		this.lastBeat = Instant.MIN;
	}

	/**
	 * Take the call back: interrupts its thread, once, and only while the call runs.
	 */
	synchronized void cancel() {
		if (this.running && !this.cancelled) {
			this.cancelled = true;
			this.thread.interrupt();
		}
	}

	/**
	 * Note that the call has ended, on the thread that served it.
	 */
	synchronized void end() {
		this.running = false;
		if (this.cancelled) {
			// The thread goes on to serve others, who have not been taken back
			Thread.interrupted();
		}
	}

	boolean isCancelled() {
		return this.cancelled;
	}

	Instant started() {
		return this.started;
	}

	Instant lastBeat() {
		return this.lastBeat;
	}

	void markBeat(Instant now) {
		this.lastBeat = now;
	}

	void beat() {
		this.reply.heartbeat();
	}

}
