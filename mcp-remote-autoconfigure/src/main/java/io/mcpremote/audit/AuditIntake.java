// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

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

	private static final long ROOM_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

	private final Queue<Object> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger size = new AtomicInteger();

	private final int capacity;

	private final IntSupplier backlog;

	private volatile @Nullable Thread taker;

	private volatile boolean asleep;

	private volatile boolean closed;

	// Touched by the taker only
	private int naps;

	/**
	 * Create an intake.
	 * @param capacity how many items may wait, here and behind
	 * @param backlog tells how many of them wait behind
	 */
	AuditIntake(int capacity, IntSupplier backlog) {
		this.capacity = capacity;
		this.backlog = backlog;
	}

	int size() {
		return this.size.get();
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
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Add an item.
	 * @return whether there was room for it
	 */
	boolean add(Object item) {
		if (this.closed) {
			return false;
		}
		int queued = this.size.incrementAndGet();
		// In this order, such that those who come at once never count on the same room
		if (queued > this.capacity - this.backlog.getAsInt()) {
			this.size.decrementAndGet();
			return false;
		}
		this.waiting.add(item);
		if (this.asleep || queued == this.capacity / 2 + 1) {
			wake();
		}
		return true;
	}

	/**
	 * Add an item as soon as there is room for it.
	 * @param patience how long to wait, in nanoseconds
	 * @return whether there was room in time
	 */
	boolean add(Object item, long patience) {
		long deadline = System.nanoTime() + patience;
		boolean interrupted = false;
		boolean added = add(item);
		while (!added && !this.closed && System.nanoTime() - deadline < 0) {
			wake();
			LockSupport.parkNanos(this, ROOM_NANOS);
			// What has been done is put on record although its client has gone
			interrupted |= Thread.interrupted();
			added = add(item);
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return added;
	}

	/**
	 * Have the taker look at once.
	 */
	void wake() {
		this.asleep = false;
		LockSupport.unpark(this.taker);
	}

	/**
	 * Return the next item, which counts as waiting until it is {@link #taken}.
	 */
	@Nullable Object next() {
		return this.waiting.poll();
	}

	/**
	 * Throw away what is left when nobody takes it away any more.
	 * @return how many items that were
	 */
	int clear() {
		int left = 0;
		while (next() != null) {
			taken();
			left++;
		}
		return left;
	}

	void taken() {
		this.size.decrementAndGet();
		this.naps = 0;
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
