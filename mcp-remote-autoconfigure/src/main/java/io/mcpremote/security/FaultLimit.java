// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpremote.call.NetworkAddress;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Counts bad tokens by network address. Whoever sends too many has to wait before this
 * server looks at another one that it does not know.
 */
final class FaultLimit {

	private static final Duration WINDOW = Duration.ofMinutes(1);

	private static final int MAX_ADDRESSES = 100_000;

	private final Cache<String, AtomicInteger> faults;

	private final int limit;

	private final ProxyHint hint;

	/**
	 * Create a limit.
	 * @param limit how many bad tokens may come from an address within a minute
	 * @param hint is shown requests that count
	 * @param clock tells when a minute is over
	 */
	FaultLimit(int limit, ProxyHint hint, Clock clock) {
		this.limit = limit;
		this.hint = hint;
		this.faults = Caffeine.newBuilder()
			.ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
			.executor(Runnable::run)
			.maximumSize(MAX_ADDRESSES)
			.expireAfterWrite(WINDOW)
			.build();
	}

	boolean isReached(HttpServletRequest request) {
		AtomicInteger count = this.faults.getIfPresent(NetworkAddress.subscriber(request.getRemoteAddr()));
		return count != null && count.get() >= this.limit;
	}

	void count(HttpServletRequest request) {
		this.hint.look(request);
		this.faults.get(NetworkAddress.subscriber(request.getRemoteAddr()), (key) -> new AtomicInteger())
			.incrementAndGet();
	}

	Duration window() {
		return WINDOW;
	}

}
