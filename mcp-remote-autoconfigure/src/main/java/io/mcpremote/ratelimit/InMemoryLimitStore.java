// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;

/**
 * Counts on this replica. A window is kept until it ends, never evicted: else callers
 * could reset their limits by making up others. Where there is no more room, those who
 * come new share windows with others of their group.
 */
final class InMemoryLimitStore implements LimitStore {

	private static final Duration BETWEEN_CLEAN_UPS = Duration.ofSeconds(1);

	private final Map<String, Cache<String, LimitWindow>> levels = new ConcurrentHashMap<>();

	private final AtomicReference<Instant> nextCleanUp = new AtomicReference<>(Instant.MIN);

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
		Instant now = this.clock.instant();
		List<LimitWindow> windows = new ArrayList<>(limits.size());
		int missing = -1;
		for (int i = 0; i < limits.size(); i++) {
			LimitWindow window = window(limits.get(i), now);
			windows.add(window);
			// Looked at before anything is taken, so that what is given back is rare
			if (missing < 0 && window.remaining() < limits.get(i).cost()) {
				missing = i;
			}
		}
		for (int i = 0; i < windows.size() && missing < 0; i++) {
			if (!windows.get(i).take(limits.get(i).cost())) {
				missing = i;
				for (int taken = 0; taken < i; taken++) {
					windows.get(taken).giveBack(limits.get(taken).cost());
				}
			}
		}
		return states(limits, windows, missing, now);
	}

	@Override
	public void giveBack(List<Limit> limits) {
		Instant now = this.clock.instant();
		for (Limit limit : limits) {
			Cache<String, LimitWindow> level = level(limit.level());
			LimitWindow own = level.getIfPresent(limit.key());
			LimitWindow window = (own != null) ? own : level.getIfPresent(shared(limit));
			if (window != null && !window.hasEnded(now)) {
				window.giveBack(limit.cost());
			}
		}
	}

	private static List<LimitState> states(List<Limit> limits, List<LimitWindow> windows, int missing, Instant now) {
		List<LimitState> states = new ArrayList<>(limits.size());
		for (int i = 0; i < limits.size(); i++) {
			LimitWindow window = windows.get(i);
			states.add(new LimitState(limits.get(i), i == missing, window.remaining(), window.left(now)));
		}
		return states;
	}

	private LimitWindow window(Limit limit, Instant now) {
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

	private boolean isFull(Cache<String, LimitWindow> level, Instant now) {
		if (level.estimatedSize() < this.maxPerLevel) {
			return false;
		}
		Instant due = this.nextCleanUp.get();
		if (!now.isBefore(due) && this.nextCleanUp.compareAndSet(due, now.plus(BETWEEN_CLEAN_UPS))) {
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
			.ticker(() -> Duration.between(Instant.EPOCH, this.clock.instant()).toNanos())
			.executor(Runnable::run)
			.expireAfter(Expiry.<String, LimitWindow>writing((key, window) -> window.left(this.clock.instant())))
			.build();
	}

}
