// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Where calls leave events for one thread that takes them away. The thread looks every
 * few milliseconds: to wake it for each event would cost calls more than all the rest.
 */
final class AuditIntake {

	private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private static final long SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

	/**
	 * After so many naps in vain it sleeps for longer, until it is woken.
	 */
	private static final int MAX_NAPS = 200;

	private final Queue<QueuedEvent> waiting = new ConcurrentLinkedQueue<>();

	private final QueueLoad load = new QueueLoad();

	private final RoomWaiters waiters = new RoomWaiters();

	private final QueueLimit limit;

	private final LongSupplier backlog;

	private volatile @Nullable Thread taker;

	private volatile boolean asleep;

	private volatile boolean closed;

	// Touched by the taker only
	private int naps;

	/**
	 * Create an intake.
	 * @param limit what may wait, here and behind
	 * @param backlog tells what waits behind
	 */
	AuditIntake(QueueLimit limit, LongSupplier backlog) {
		this.limit = limit;
		this.backlog = backlog;
	}

	int size() {
		return this.load.events();
	}

	/**
	 * Let a thread take events away from now on.
	 */
	void open(Thread newTaker) {
		this.taker = newTaker;
		this.closed = false;
	}

	/**
	 * Take nothing in any more.
	 */
	void close() {
		this.closed = true;
		this.waiters.changed();
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Add an event, as soon as there is room for it.
	 * @param patience how long to wait, in nanoseconds
	 * @return whether there was room in time
	 */
	boolean add(QueuedEvent event, long patience) {
		if (patience <= 0) {
			return addNow(event);
		}
		// Nobody overtakes those who wait
		if (!this.waiters.isAny() && addNow(event)) {
			return true;
		}
		wake();
		return this.waiters.await(() -> tryAdd(event), this::isClosed, patience);
	}

	private boolean addNow(QueuedEvent event) {
		boolean added = tryAdd(event);
		if (!added) {
			// While it was tried, there was less room for others than there is
			this.waiters.made();
		}
		return added;
	}

	private boolean tryAdd(QueuedEvent event) {
		if (this.closed) {
			return false;
		}
		long queued = this.load.add(event.weight());
		// In this order, such that those who come at once never count on the same room
		if (!this.limit.holds(queued, this.backlog.getAsLong())) {
			this.load.remove(1, event.weight());
			return false;
		}
		this.waiting.add(event);
		if (this.asleep || QueueLoad.events(queued) == this.limit.events() / 2 + 1) {
			wake();
		}
		return true;
	}

	/**
	 * Have the taker look at once.
	 */
	void wake() {
		this.asleep = false;
		LockSupport.unpark(this.taker);
	}

	/**
	 * Return the next event, which counts as waiting until it is {@link #taken}.
	 */
	@Nullable QueuedEvent next() {
		return this.waiting.poll();
	}

	void taken(QueuedEvent event) {
		this.load.remove(1, event.weight());
		this.naps = 0;
		roomMade();
	}

	/**
	 * Note that less is waiting, here or behind.
	 */
	void roomMade() {
		this.waiters.made();
	}

	/**
	 * Throw away what is left when nobody takes it away any more.
	 * @return how many events that were
	 */
	int clear() {
		int left = 0;
		for (QueuedEvent event = next(); event != null; event = next()) {
			taken(event);
			left++;
		}
		return left;
	}

	/**
	 * Wait until there may be something again.
	 */
	void rest() {
		if (this.naps < MAX_NAPS) {
			this.naps++;
			LockSupport.parkNanos(this, NAP_NANOS);
			return;
		}
		this.asleep = true;
		if (this.waiting.isEmpty()) {
			LockSupport.parkNanos(this, SLEEP_NANOS);
		}
		this.naps = (this.asleep) ? MAX_NAPS : 0;
		this.asleep = false;
	}

}
