// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;

/**
 * Counts on this replica. A window is kept until it ends, never evicted: else callers
 * could reset their limits by making up others. Where there is no more room, those who
 * come new share windows with others of their group.
 */
final class InMemoryLimitStore implements LimitStore {

	private static final long BETWEEN_CLEAN_UPS_MILLIS = 1000;

	private final Map<String, Cache<String, LimitWindow>> levels = new ConcurrentHashMap<>();

	private final AtomicLong nextCleanUp = new AtomicLong(Long.MIN_VALUE);

	private final long maxPerLevel;

	private final Clock clock;

	/**
	 * Create the store.
	 * @param maxPerLevel of how many callers windows are kept at each level
	 * @param clock tells the time
	 */
	InMemoryLimitStore(long maxPerLevel, Clock clock) {
		this.maxPerLevel = maxPerLevel;
		this.clock = clock;
	}

	@Override
	public List<LimitState> take(List<Limit> limits) {
		long now = this.clock.millis();
		LimitWindow[] windows = new LimitWindow[limits.size()];
		for (int i = 0; i < windows.length; i++) {
			windows[i] = window(limits.get(i), now);
		}
		long[] remaining = new long[windows.length];
		int missing = look(limits, windows, remaining);
		if (missing < 0) {
			missing = take(limits, windows, remaining);
		}
		List<LimitState> states = new ArrayList<>(windows.length);
		for (int i = 0; i < windows.length; i++) {
			states.add(new LimitState(limits.get(i), i == missing, remaining[i], windows[i].left(now)));
		}
		return states;
	}

	/**
	 * Look before anything is taken, so that what is given back is rare: meanwhile it
	 * would be missing to others.
	 * @return which limit does not have enough left, or {@code -1}
	 */
	private static int look(List<Limit> limits, LimitWindow[] windows, long[] remaining) {
		int missing = -1;
		for (int i = 0; i < windows.length; i++) {
			remaining[i] = windows[i].remaining();
			if (missing < 0 && remaining[i] < limits.get(i).cost()) {
				missing = i;
			}
		}
		return missing;
	}

	private static int take(List<Limit> limits, LimitWindow[] windows, long[] remaining) {
		for (int i = 0; i < windows.length; i++) {
			long left = windows[i].take(limits.get(i).cost());
			if (left < 0) {
				for (int taken = 0; taken < i; taken++) {
					windows[taken].giveBack(limits.get(taken).cost());
					remaining[taken] = windows[taken].remaining();
				}
				remaining[i] = windows[i].remaining();
				return i;
			}
			remaining[i] = left;
		}
		return -1;
	}

	@Override
	public void giveBack(List<Limit> limits) {
		long now = this.clock.millis();
		for (Limit limit : limits) {
			Cache<String, LimitWindow> level = level(limit.level());
			LimitWindow own = level.getIfPresent(limit.key());
			LimitWindow window = (own != null) ? own : level.getIfPresent(shared(limit));
			if (window != null && !window.hasEnded(now)) {
				window.giveBack(limit.cost());
			}
		}
	}

	private LimitWindow window(Limit limit, long now) {
		Cache<String, LimitWindow> level = level(limit.level());
		String key = limit.key();
		LimitWindow known = level.getIfPresent(key);
		if (known == null && isFull(level, now)) {
			key = shared(limit);
			known = level.getIfPresent(key);
		}
		if (known != null && !known.hasEnded(now)) {
			return known;
		}
		return level.asMap()
			.compute(key, (same, current) -> (current != null && !current.hasEnded(now)) ? current
					: LimitWindow.begin(limit.rate(), now));
	}

	/**
	 * Return the key of a window that a group shares; no key of a caller looks like it.
	 */
	private static String shared(Limit limit) {
		// What is left of a day or month is another time with each call
		Object rate = (limit.quota()) ? limit.rate().calls() : limit.rate();
		return "\n" + rate + " " + limit.group();
	}

	private boolean isFull(Cache<String, LimitWindow> level, long now) {
		if (level.estimatedSize() < this.maxPerLevel) {
			return false;
		}
		long due = this.nextCleanUp.get();
		if (now >= due && this.nextCleanUp.compareAndSet(due, now + BETWEEN_CLEAN_UPS_MILLIS)) {
			level.cleanUp();
		}
		return level.estimatedSize() >= this.maxPerLevel;
	}

	private Cache<String, LimitWindow> level(String name) {
		Cache<String, LimitWindow> level = this.levels.get(name);
		return (level != null) ? level : this.levels.computeIfAbsent(name, (key) -> create());
	}

	private Cache<String, LimitWindow> create() {
		return Caffeine.newBuilder()
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(this.clock.millis()))
			.executor(Runnable::run)
			.expireAfter(Expiry.<String, LimitWindow>writing((key, window) -> window.left(this.clock.millis())))
			.build();
	}

}
