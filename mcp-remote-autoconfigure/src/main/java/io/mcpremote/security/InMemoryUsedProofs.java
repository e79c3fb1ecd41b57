// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import org.jspecify.annotations.Nullable;

/**
 * Remembers used proofs in this process, of which other replicas know nothing. Nothing is
 * forgotten to make room: a proof could be used again.
 */
final class InMemoryUsedProofs implements UsedProofs {

	/**
	 * One client cannot take the room of all others.
	 */
	private static final int SHARES = 10;

	private final Cache<Proof, Instant> used;

	private final Map<String, Integer> perKey = new ConcurrentHashMap<>();

	private final int max;

	private final int maxPerKey;

	InMemoryUsedProofs(int max, Clock clock) {
		this.max = max;
		this.maxPerKey = Math.max(1, max / SHARES);
		this.used = Caffeine.newBuilder()
			.ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
			.executor(Runnable::run)
			.<Proof, Instant>evictionListener((proof, expires, cause) -> forget(proof))
			// The last moment is still part of a proof's life
			.expireAfter(Expiry.<Proof, Instant>creating(
					(proof, expires) -> Duration.between(clock.instant(), expires.plusSeconds(1))))
			.build();
	}

	@Override
	public boolean use(String key, String id, Instant expires) {
		if (isFull(key)) {
			this.used.cleanUp();
			if (isFull(key)) {
				throw new IllegalStateException("As many proofs of possession as can be remembered have been used");
			}
		}
		this.perKey.merge(key, 1, Integer::sum);
		Proof proof = new Proof(key, id);
		if (this.used.asMap().putIfAbsent(proof, expires) != null) {
			forget(proof);
			return false;
		}
		return true;
	}

	private boolean isFull(String key) {
		return this.used.estimatedSize() >= this.max || this.perKey.getOrDefault(key, 0) >= this.maxPerKey;
	}

	private void forget(@Nullable Proof proof) {
		if (proof == null) {
			return;
		}
		this.perKey.computeIfPresent(proof.key(), (key, count) -> (count > 1) ? count - 1 : null);
	}

	private record Proof(String key, String id) {

	}

}
