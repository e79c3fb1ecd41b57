// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.mcpremote.call.ResultSnapshot;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.jspecify.annotations.Nullable;

/**
 * Keeps results on this replica, up to a number of bytes of which each caller can take a
 * part only. What becomes obsolete on another replica is found here until its time is
 * over.
 */
final class InMemoryResultStore implements ResultStore {

	private static final int SHARES = 10;

	/**
	 * What an entry takes beside its content.
	 */
	private static final int OVERHEAD = 512;

	private static final Duration BETWEEN_PURGES = Duration.ofSeconds(1);

	private final Generations generations = new Generations();

	private final Map<String, Long> sizes = new ConcurrentHashMap<>();

	private final AtomicReference<Instant> nextPurge = new AtomicReference<>(Instant.MIN);

	private final Cache<ResultKey, Kept> results;

	private final long maxEntry;

	private final long share;

	private final Clock clock;

	/**
	 * Create the store.
	 * @param maxSize how many bytes all results may take
	 * @param maxEntry how many bytes one of them may take
	 * @param clock tells the time
	 */
	InMemoryResultStore(long maxSize, long maxEntry, Clock clock) {
		this.maxEntry = maxEntry;
		this.share = Math.max(maxSize / SHARES, maxEntry);
		this.clock = clock;
		this.results = Caffeine.newBuilder()
			.ticker(() -> Duration.between(Instant.EPOCH, this.clock.instant()).toNanos())
			.executor(Runnable::run)
			.maximumWeight(maxSize)
			.<ResultKey, Kept>weigher((key, kept) -> kept.size())
			.expireAfter(Expiry.<ResultKey, Kept>writing((key, kept) -> kept.timeToLive()))
			.removalListener((key, kept, cause) -> giveBack(kept))
			.build();
	}

	@Override
	public Found find(ResultKey key) {
		long state = this.generations.of(key);
		Kept kept = this.results.getIfPresent(key);
		if (kept == null || kept.state() == state) {
			return new Found((kept != null) ? kept.result() : null, state);
		}
		this.results.asMap().remove(key, kept);
		return new Found(null, state);
	}

	@Override
	public void put(ResultKey key, ResultSnapshot result, long state, Duration timeToLive, String owner) {
		long size = OVERHEAD + key.size() + result.size();
		if (size > this.maxEntry || state != this.generations.of(key) || !take(owner, size)) {
			return;
		}
		this.results.put(key, new Kept(result.result(), state, timeToLive, owner, (int) size));
	}

	@Override
	public void invalidate(Obsolete what) {
		this.generations.next(what);
	}

	private boolean take(String owner, long size) {
		if (isFull(owner, size)) {
			purge();
			if (isFull(owner, size)) {
				return false;
			}
		}
		this.sizes.merge(owner, size, Long::sum);
		return true;
	}

	private boolean isFull(String owner, long size) {
		return this.sizes.getOrDefault(owner, 0L) + size > this.share;
	}

	/**
	 * Let go of everything that nobody will ask for.
	 */
	private void purge() {
		Instant now = this.clock.instant();
		Instant due = this.nextPurge.get();
		if (!now.isBefore(due) && this.nextPurge.compareAndSet(due, now.plus(BETWEEN_PURGES))) {
			this.results.asMap().entrySet().removeIf((entry) -> isObsolete(entry.getKey(), entry.getValue()));
			this.results.cleanUp();
		}
	}

	private boolean isObsolete(ResultKey key, Kept kept) {
		return kept.state() != this.generations.of(key);
	}

	private void giveBack(@Nullable Kept kept) {
		if (kept != null) {
			this.sizes.computeIfPresent(kept.owner(),
					(owner, size) -> (size > kept.size()) ? size - kept.size() : null);
		}
	}

	/**
	 * A result that is kept.
	 *
	 * @param result the result
	 * @param state the state it belongs to
	 * @param timeToLive for how long
	 * @param owner whose room it takes
	 * @param size how much of it
	 */
	private record Kept(CallToolResult result, long state, Duration timeToLive, String owner, int size) {

	}

}
