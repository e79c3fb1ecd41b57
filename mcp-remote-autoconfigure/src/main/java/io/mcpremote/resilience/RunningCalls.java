// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the calls that are running under a key. Whoever has none running takes no room.
 */
final class RunningCalls {

	private static final int GONE = -1;

	private final ConcurrentMap<Object, AtomicInteger> counts = new ConcurrentHashMap<>();

	/**
	 * Return a permit to run a call.
	 * @param key whose calls are counted together
	 * @param most how many may run at once, at least one
	 */
	Permit permit(Object key, int most) {
		return new CountedPermit(this, key, most);
	}

	/**
	 * Return for how many keys calls are running.
	 */
	int size() {
		return this.counts.size();
	}

	private boolean take(Object key, int most) {
		while (true) {
			AtomicInteger count = this.counts.get(key);
			if (count == null) {
				count = this.counts.putIfAbsent(key, new AtomicInteger(1));
				if (count == null) {
					return true;
				}
			}
			int running = count.get();
			if (running == GONE) {
				this.counts.remove(key, count);
			}
			else if (running >= most) {
				return false;
			}
			else if (count.compareAndSet(running, running + 1)) {
				return true;
			}
		}
	}

	private void giveBack(Object key) {
		AtomicInteger count = this.counts.get(key);
		if (count != null && count.decrementAndGet() == 0 && count.compareAndSet(0, GONE)) {
			this.counts.remove(key, count);
		}
	}

	private record CountedPermit(RunningCalls calls, Object key, int most) implements Permit {

		@Override
		public boolean take() {
			return this.calls.take(this.key, this.most);
		}

		@Override
		public void giveBack() {
			this.calls.giveBack(this.key);
		}

	}

}
