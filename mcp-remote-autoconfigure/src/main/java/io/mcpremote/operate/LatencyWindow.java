// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * How long calls have taken of late: counts by time and by duration, of a fixed size
 * however many calls there are. A call or two may be lost when a slot begins.
 */
final class LatencyWindow {

	static final Duration SLOT = Duration.ofSeconds(15);

	static final int SLOTS = 20;

	/**
	 * Durations up to 2^7 microseconds are one bucket; above, each doubling has four, for
	 * more than an hour.
	 */
	private static final int FIRST_EXPONENT = 7;

	private static final int PER_DOUBLING = 4;

	private static final int BUCKETS = 26 * PER_DOUBLING;

	/**
	 * After the buckets, how many calls are in them.
	 */
	private static final int TOTAL = BUCKETS;

	private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);

	private final LongSupplier ticker;

	/**
	 * Create a window.
	 * @param ticker counts nanoseconds
	 */
	LatencyWindow(LongSupplier ticker) {
		this.ticker = ticker;
	}

	void record(long nanos) {
		long epoch = epoch();
		int index = (int) Math.floorMod(epoch, (long) SLOTS);
		Slot slot = this.slots.get(index);
		if (slot == null || slot.epoch() != epoch) {
			Slot fresh = new Slot(epoch, new AtomicIntegerArray(BUCKETS + 1));
			boolean set = this.slots.compareAndSet(index, slot, fresh);
			slot = (set) ? fresh : this.slots.get(index);
		}
		if (slot != null) {
			slot.counts().incrementAndGet(bucket(nanos / 1000));
			slot.counts().incrementAndGet(TOTAL);
		}
	}

	/**
	 * Return how many calls there were in the whole window, at less cost than their
	 * durations.
	 */
	long calls() {
		long calls = 0;
		long now = epoch();
		for (int age = 0; age < SLOTS; age++) {
			Slot slot = slot(now - age);
			calls += (slot != null) ? slot.counts().get(TOTAL) : 0;
		}
		return calls;
	}

	/**
	 * Return how long calls have taken in the whole window.
	 */
	Latency recent() {
		int[] sum = new int[BUCKETS];
		long now = epoch();
		for (int age = 0; age < SLOTS; age++) {
			add(sum, now - age);
		}
		return latency(sum);
	}

	/**
	 * Return how long calls have taken, slot by slot, oldest first.
	 */
	List<Latency> history() {
		List<Latency> history = new ArrayList<>(SLOTS);
		long now = epoch();
		for (int age = SLOTS - 1; age >= 0; age--) {
			int[] counts = new int[BUCKETS];
			add(counts, now - age);
			history.add(latency(counts));
		}
		return history;
	}

	private long epoch() {
		return Math.floorDiv(this.ticker.getAsLong(), SLOT.toNanos());
	}

	private @Nullable Slot slot(long epoch) {
		Slot slot = this.slots.get((int) Math.floorMod(epoch, (long) SLOTS));
		return (slot != null && slot.epoch() == epoch) ? slot : null;
	}

	private void add(int[] sum, long epoch) {
		Slot slot = slot(epoch);
		if (slot != null) {
			for (int i = 0; i < BUCKETS; i++) {
				sum[i] += slot.counts().get(i);
			}
		}
	}

	private static Latency latency(int[] counts) {
		long calls = 0;
		for (int count : counts) {
			calls += count;
		}
		return (calls == 0) ? Latency.NONE
				: new Latency(calls, percentile(counts, calls, 0.5), percentile(counts, calls, 0.95));
	}

	private static double percentile(int[] counts, long calls, double share) {
		long rank = (long) Math.ceil(calls * share);
		int bucket = 0;
		for (long seen = counts[0]; seen < rank; seen += counts[bucket]) {
			bucket++;
		}
		return millis(bucket);
	}

	private static int bucket(long micros) {
		if (micros < 1L << FIRST_EXPONENT) {
			return 0;
		}
		int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
		int quarter = (int) (micros >> (exponent - 2)) & (PER_DOUBLING - 1);
		return Math.min(BUCKETS - 1, (exponent - FIRST_EXPONENT) * PER_DOUBLING + quarter + 1);
	}

	/**
	 * Return the middle of a bucket.
	 */
	private static double millis(int bucket) {
		if (bucket == 0) {
			return 0.1;
		}
		int exponent = FIRST_EXPONENT + (bucket - 1) / PER_DOUBLING;
		double quarters = PER_DOUBLING + (bucket - 1) % PER_DOUBLING + 0.5;
		return Math.round(quarters * (1L << (exponent - 2)) / 10.0) / 100.0;
	}

	private record Slot(long epoch, AtomicIntegerArray counts) {

	}

	/**
	 * How long some calls have taken, within about a tenth.
	 *
	 * @param calls how many there were
	 * @param p50Millis what half of them stayed within
	 * @param p95Millis what 95 of 100 stayed within
	 */
	record Latency(long calls, double p50Millis, double p95Millis) {

		static final Latency NONE = new Latency(0, 0, 0);

	}

}
