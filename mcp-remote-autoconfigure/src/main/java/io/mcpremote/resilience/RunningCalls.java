// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Counts the calls that are running under a key. A few counts are kept when nothing is
 * running any more, since whoever has called often calls again; beyond that, whoever has
 * none running takes no room.
 */
final class RunningCalls {

	private static final int GONE = -1;

	private final ConcurrentHashMap<Object, AtomicInteger> counts = new ConcurrentHashMap<>();

	private final int kept;

	/**
	 * Create the counts.
	 * @param kept how many of them to keep for those who have nothing running
	 */
	RunningCalls(int kept) {
		this.kept = kept;
	}

	/**
	 * Return a permit to run a call.
	 * @param key whose calls are counted together
	 * @param most how many may run at once, at least one
	 */
	Permit permit(Object key, int most) {
		return new CountedPermit(key, most);
	}

	/**
	 * Return for how many keys calls are running.
	 */
	int size() {
		return (int) this.counts.values().stream().filter((count) -> count.get() > 0).count();
	}

	/**
	 * Return how many counts there are.
	 */
	long room() {
		return this.counts.mappingCount();
	}

	/**
	 * Count one more call.
	 * @return where it is counted, or {@code null} if enough are running
	 */
	private @Nullable AtomicInteger take(Object key, int most) {
		while (true) {
			AtomicInteger count = this.counts.get(key);
			if (count == null) {
				AtomicInteger created = new AtomicInteger(1);
				count = this.counts.putIfAbsent(key, created);
				if (count == null) {
					return created;
				}
			}
			int running = count.get();
			if (running == GONE) {
				this.counts.remove(key, count);
			}
			else if (running >= most) {
				return null;
			}
			else if (count.compareAndSet(running, running + 1)) {
				return count;
			}
		}
	}

	private void giveBack(Object key, AtomicInteger count) {
		if (count.decrementAndGet() == 0 && this.counts.mappingCount() > this.kept && count.compareAndSet(0, GONE)) {
			this.counts.remove(key, count);
		}
	}

	private final class CountedPermit implements Permit {

		private final Object key;

		private final int most;

		private @Nullable AtomicInteger count;

		CountedPermit(Object key, int most) {
			this.key = key;
			this.most = most;
		}

		@Override
		public boolean take() {
			this.count = RunningCalls.this.take(this.key, this.most);
			return this.count != null;
		}

		@Override
		public void giveBack() {
			AtomicInteger held = this.count;
			if (held != null) {
				this.count = null;
				RunningCalls.this.giveBack(this.key, held);
			}
		}

	}

}
