// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one level on this replica. A window is kept until it ends, never
 * evicted: else callers could reset their limits by making up others. Where there is no
 * more room, those who come new share windows with others of their group.
 */
final class LimitLevel {

	private static final long BETWEEN_CLEAN_UPS_MILLIS = 1000;

	private final AtomicLong nextCleanUp = new AtomicLong(Long.MIN_VALUE);

	private final Cache<String, LimitWindow> windows;

	private final long max;

	/**
	 * Create the level.
	 * @param max of how many callers windows are kept
	 * @param clock tells the time
	 */
	LimitLevel(long max, Clock clock) {
		this.max = max;
		this.windows = Caffeine.newBuilder()
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
			.executor(Runnable::run)
			.expireAfter(Expiry.<String, LimitWindow>writing((key, window) -> window.left(clock.millis())))
			.build();
	}

	/**
	 * Return the window that a limit counts in now, a new one if need be.
	 */
	LimitWindow window(Limit limit, long now) {
		String key = limit.key();
		LimitWindow known = this.windows.getIfPresent(key);
		if (known == null && isFull(now)) {
			key = shared(limit);
			known = this.windows.getIfPresent(key);
		}
		if (known != null && !known.hasEnded(now)) {
			return known;
		}
		return this.windows.asMap()
			.compute(key, (same, current) -> (current != null && !current.hasEnded(now)) ? current
					: LimitWindow.begin(limit.rate(), now));
	}

	/**
	 * Return the window that a limit has counted in last, if it is still there.
	 */
	@Nullable LimitWindow existing(Limit limit) {
		LimitWindow own = this.windows.getIfPresent(limit.key());
		return (own != null) ? own : this.windows.getIfPresent(shared(limit));
	}

	/**
	 * Return the key of a window that a group shares; no key of a caller looks like it.
	 */
	private static String shared(Limit limit) {
		// What is left of a day or month is another time with each call
		Object rate = (limit.quota()) ? limit.rate().calls() : limit.rate();
		return "\n" + rate + " " + limit.group();
	}

	private boolean isFull(long now) {
		if (this.windows.estimatedSize() < this.max) {
			return false;
		}
		long due = this.nextCleanUp.get();
		if (now >= due && this.nextCleanUp.compareAndSet(due, now + BETWEEN_CLEAN_UPS_MILLIS)) {
			this.windows.cleanUp();
		}
		return this.windows.estimatedSize() >= this.max;
	}

}
