// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Calls that wait for room in a queue. Whoever makes room has next to nothing to do with
 * it as long as nobody waits.
 */
final class RoomWaiters {

	/**
	 * Room is also made by time, when a sink that hangs is waited for no longer, of which
	 * nobody tells.
	 */
	private static final long LONGEST_NAP = TimeUnit.SECONDS.toNanos(1);

	private final AtomicInteger waiting = new AtomicInteger();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	/**
	 * Return whether anybody waits.
	 */
	boolean isAny() {
		return this.waiting.get() > 0;
	}

	/**
	 * Tell one of those who wait that there may be room.
	 */
	void made() {
		if (isAny()) {
			signal(false);
		}
	}

	/**
	 * Tell all of those who wait that something has changed.
	 */
	void changed() {
		if (isAny()) {
			signal(true);
		}
	}

	/**
	 * Try something again whenever there may be room.
	 * @param attempt what to try; must not tell of room itself
	 * @param hopeless whether there is no use in waiting
	 * @param patience how long to wait, in nanoseconds
	 * @return whether it was possible in time
	 */
	boolean await(BooleanSupplier attempt, BooleanSupplier hopeless, long patience) {
		long deadline = System.nanoTime() + patience;
		boolean interrupted = false;
		this.lock.lock();
		this.waiting.incrementAndGet();
		try {
			boolean done = attempt.getAsBoolean();
			long left = patience;
			while (!done && left > 0 && !hopeless.getAsBoolean()) {
				try {
					this.room.awaitNanos(Math.min(left, LONGEST_NAP));
				}
				catch (InterruptedException ex) {
					// What has been done is put on record although its client has gone
					interrupted = true;
				}
				done = attempt.getAsBoolean();
				left = deadline - System.nanoTime();
			}
			if (done) {
				// Where there was room for one there may be room for the next
				this.room.signal();
			}
			return done;
		}
		finally {
			this.waiting.decrementAndGet();
			this.lock.unlock();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void signal(boolean all) {
		this.lock.lock();
		try {
			if (all) {
				this.room.signalAll();
			}
			else {
				this.room.signal();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
