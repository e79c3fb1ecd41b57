// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.mcpremote.cache.ResultStore.Found;
import io.mcpremote.cache.ResultStore.Obsolete;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.Caller;
import io.mcpremote.call.ResultSnapshot;
import io.mcpremote.policy.CacheRule;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The results that are remembered. No call fails because its result cannot be.
 */
final class Results {

	private static final Log logger = LogFactory.getLog(Results.class);

	private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

	private final AtomicReference<Instant> nextLine = new AtomicReference<>(Instant.MIN);

	private final ResultStore store;

	private final ResultSnapshot.Maker snapshots;

	private final Clock clock;

	Results(ResultStore store, ResultSnapshot.Maker snapshots, Clock clock) {
		this.store = store;
		this.snapshots = snapshots;
		this.clock = clock;
	}

	/**
	 * Look for a result.
	 * @return what is known, or {@code null} if nothing can be found out
	 */
	@Nullable Found find(ResultKey key) {
		return attempt(() -> this.store.find(key));
	}

	/**
	 * Return what is to be remembered of a result, if anything can be.
	 */
	@Nullable ResultSnapshot snapshot(Result result) {
		return this.snapshots.of(result.value());
	}

	void keep(ResultKey key, ResultSnapshot result, long state, CacheRule rule, Caller caller) {
		String owner = caller.userKey();
		attempt(() -> {
			this.store.put(key, result, state, rule.timeToLive(), owner);
			return null;
		});
	}

	void forget(Set<String> tools) {
		for (String tool : tools) {
			attempt(() -> {
				this.store.invalidate(new Obsolete(tool, null));
				return null;
			});
		}
	}

	private <T> @Nullable T attempt(Supplier<@Nullable T> access) {
		try {
			return access.get();
		}
		catch (RuntimeException ex) {
			Instant now = this.clock.instant();
			Instant due = this.nextLine.get();
			if (!now.isBefore(due) && this.nextLine.compareAndSet(due, now.plus(BETWEEN_LINES))) {
				logger.warn("The store of results of tools does not do what it should: tools are called instead, and"
						+ " results that have become obsolete may be given until their time is over", ex);
			}
			return null;
		}
	}

}
