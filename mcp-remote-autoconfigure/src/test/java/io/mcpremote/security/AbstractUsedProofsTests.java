// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.test.Concurrently;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link UsedProofs} does.
 */
abstract class AbstractUsedProofsTests {

	protected final MutableClock clock = new MutableClock();

	/**
	 * Create one that remembers nothing yet.
	 */
	protected abstract UsedProofs proofs();

	@Test
	void useThenTrueOnce() {
		UsedProofs proofs = proofs();
		assertThat(proofs.use("key", "a", inFiveMinutes())).isTrue();
		assertThat(proofs.use("key", "a", inFiveMinutes())).isFalse();
		assertThat(proofs.use("key", "a", inFiveMinutes().plusSeconds(60))).isFalse();
	}

	@Test
	void useWhenAnotherProofOrKeyThenTrue() {
		UsedProofs proofs = proofs();
		proofs.use("key", "a", inFiveMinutes());
		assertThat(proofs.use("key", "b", inFiveMinutes())).isTrue();
		assertThat(proofs.use("other", "a", inFiveMinutes())).isTrue();
	}

	@Test
	void useInTheLastMomentThenStillRemembered() {
		UsedProofs proofs = proofs();
		Instant expires = inFiveMinutes();
		proofs.use("key", "a", expires);
		this.clock.advance(Duration.ofMinutes(5));
		assertThat(proofs.use("key", "a", expires)).isFalse();
	}

	@Test
	void useWhenConcurrentThenOneIsFirst() {
		UsedProofs proofs = proofs();
		Instant expires = inFiveMinutes();
		for (int round = 0; round < 50; round++) {
			String id = "proof-" + round;
			AtomicInteger first = new AtomicInteger();
			Concurrently.run(4, (thread) -> {
				if (proofs.use("key", id, expires)) {
					first.incrementAndGet();
				}
			});
			assertThat(first).hasValue(1);
		}
	}

	protected final Instant inFiveMinutes() {
		return this.clock.instant().plus(Duration.ofMinutes(5));
	}

}
