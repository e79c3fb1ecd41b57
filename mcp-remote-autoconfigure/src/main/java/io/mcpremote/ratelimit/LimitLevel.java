// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The windows of one level on this replica. A window is kept until it ends, never
 * evicted: else callers could reset their limits by making up others. Where there is no
 * more room, those who come new share windows with others of their group.
 */
final class LimitLevel {

	private static final long BETWEEN_SWEEPS_MILLIS = 1000;

	private static final long FIRST_SWEEP = 64;

	// No cache: each of them would look at the clock once more, to evict what must stay
	private final ConcurrentHashMap<String, LimitWindow> windows = new ConcurrentHashMap<>();

	private final AtomicLong nextSweep = new AtomicLong(Long.MIN_VALUE);

	private final long max;

	// Twice what the last sweep has left, so that sweeping costs each window a little
	// only
	private volatile long sweptFrom = FIRST_SWEEP;

	/**
	 * Create the level.
	 * @param max of how many callers windows are kept
	 */
	LimitLevel(long max) {
		this.max = max;
	}

	/**
	 * Return the window that a limit counts in now, a new one if need be.
	 */
	LimitWindow window(Limit limit, long now) {
		LimitWindow known = this.windows.get(limit.key());
		if (known != null && !known.hasEnded(now)) {
			return known;
		}
		String key = (known != null || hasRoom(now)) ? limit.key() : shared(limit);
		return this.windows.compute(key, (same, current) -> (current != null && !current.hasEnded(now)) ? current
				: LimitWindow.begin(limit.rate(), now));
	}

	/**
	 * Return the window that a limit has counted in last, if it is still there.
	 */
	@Nullable LimitWindow existing(Limit limit) {
		LimitWindow own = this.windows.get(limit.key());
		return (own != null) ? own : this.windows.get(shared(limit));
	}

	/**
	 * Return how many windows are kept, those that have ended and not been swept away
	 * among them.
	 */
	long size() {
		return this.windows.mappingCount();
	}

	/**
	 * Return the key of a window that a group shares; no key of a caller looks like it.
	 */
	private static String shared(Limit limit) {
		// What is left of a day or month is another time with each call
		Object rate = (limit.quota()) ? limit.rate().calls() : limit.rate();
		return "\n" + rate + " " + limit.group();
	}

	private boolean hasRoom(long now) {
		if (size() >= Math.min(this.max, this.sweptFrom)) {
			sweep(now);
		}
		return size() < this.max;
	}

	private void sweep(long now) {
		long due = this.nextSweep.get();
		if (now >= due && this.nextSweep.compareAndSet(due, now + BETWEEN_SWEEPS_MILLIS)) {
			this.windows.values().removeIf((window) -> window.hasEnded(now));
			this.sweptFrom = Math.max(FIRST_SWEEP, 2 * size());
		}
	}

}
