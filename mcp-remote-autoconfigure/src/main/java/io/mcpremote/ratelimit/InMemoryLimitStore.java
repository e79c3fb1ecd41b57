// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts on this replica.
 */
final class InMemoryLimitStore implements LimitStore {

	private final Map<String, LimitLevel> levels = new ConcurrentHashMap<>();

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
		if (limits.size() == 1) {
			return List.of(take(limits.get(0), now));
		}
		LimitWindow[] windows = new LimitWindow[limits.size()];
		for (int i = 0; i < windows.length; i++) {
			Limit limit = limits.get(i);
			windows[i] = level(limit).window(limit, now);
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

	private LimitState take(Limit limit, long now) {
		LimitWindow window = level(limit).window(limit, now);
		long left = window.take(limit.cost());
		return new LimitState(limit, left < 0, (left < 0) ? window.remaining() : left, window.left(now));
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
			LimitWindow window = level(limit).existing(limit);
			if (window != null && !window.hasEnded(now)) {
				window.giveBack(limit.cost());
			}
		}
	}

	private LimitLevel level(Limit limit) {
		LimitLevel level = this.levels.get(limit.level());
		return (level != null) ? level
				: this.levels.computeIfAbsent(limit.level(), (name) -> new LimitLevel(this.maxPerLevel));
	}

}
