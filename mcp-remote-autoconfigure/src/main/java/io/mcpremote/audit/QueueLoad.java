// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many events wait somewhere, and about how many bytes they take. Both are kept in
 * one number, since each call changes it.
 */
final class QueueLoad {

	private static final int BITS_OF_BYTES = 40;

	private static final long BYTES = (1L << BITS_OF_BYTES) - 1;

	private final AtomicLong load = new AtomicLong();

	/**
	 * Add an event.
	 * @return the load with it
	 */
	long add(int weight) {
		return this.load.addAndGet(load(1, weight));
	}

	void remove(int events, long bytes) {
		this.load.addAndGet(-load(events, bytes));
	}

	long get() {
		return this.load.get();
	}

	int events() {
		return events(get());
	}

	/**
	 * Return a load.
	 */
	static long load(int events, long bytes) {
		return ((long) events << BITS_OF_BYTES) + bytes;
	}

	static int events(long load) {
		return (int) (load >>> BITS_OF_BYTES);
	}

	static long bytes(long load) {
		return load & BYTES;
	}

	/**
	 * Return the greater number of events, and the greater number of bytes.
	 */
	static long max(long one, long other) {
		return load(Math.max(events(one), events(other)), Math.max(bytes(one), bytes(other)));
	}

}
