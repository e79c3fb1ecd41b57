// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.test.Concurrently;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The default, which neither grows without bound nor forgets to make room.
 */
class InMemoryUsedProofsTests extends AbstractUsedProofsTests {

	@Override
	protected UsedProofs proofs() {
		return new InMemoryUsedProofs(1000, this.clock);
	}

	@Test
	void useWhenFullThenRefusesUntilSomeExpire() {
		UsedProofs proofs = proofs();
		for (int i = 0; i < 1000; i++) {
			assertThat(proofs.use("key-" + i / 100, "proof-" + i, inFiveMinutes())).isTrue();
		}
		assertThatIllegalStateException().isThrownBy(() -> proofs.use("one-more", "proof", inFiveMinutes()));
		this.clock.advance(Duration.ofMinutes(6));
		assertThat(proofs.use("one-more", "proof", inFiveMinutes())).isTrue();
	}

	@Test
	void useWhenOneKeyHasItsShareThenOthersAreNotRefused() {
		UsedProofs proofs = proofs();
		for (int i = 0; i < 100; i++) {
			assertThat(proofs.use("greedy", "proof-" + i, inFiveMinutes())).isTrue();
		}
		assertThatIllegalStateException().isThrownBy(() -> proofs.use("greedy", "one-more", inFiveMinutes()));
		assertThat(proofs.use("modest", "proof", inFiveMinutes())).isTrue();
		this.clock.advance(Duration.ofMinutes(6));
		assertThat(proofs.use("greedy", "one-more", inFiveMinutes())).isTrue();
	}

	@Test
	void useWhenReplayedOftenThenShareIsNotUsedUp() {
		UsedProofs proofs = proofs();
		proofs.use("key", "proof", inFiveMinutes());
		for (int i = 0; i < 500; i++) {
			assertThat(proofs.use("key", "proof", inFiveMinutes())).isFalse();
		}
		assertThat(proofs.use("key", "another", inFiveMinutes())).isTrue();
	}

	@Test
	void useWhenConcurrentThenShareIsKeptAndGivenBack() {
		UsedProofs proofs = proofs();
		for (int round = 0; round < 3; round++) {
			String prefix = "round-" + round + "-";
			AtomicInteger taken = new AtomicInteger();
			Concurrently.run(8, (thread) -> {
				for (int i = 0; i < 50; i++) {
					try {
						proofs.use("key", prefix + thread + "-" + i, inFiveMinutes());
						taken.incrementAndGet();
					}
					catch (IllegalStateException ex) {
						// Has its share
					}
				}
			});
			// A few more where several threads find the last place
			assertThat(taken.get()).isBetween(100, 108);
			this.clock.advance(Duration.ofMinutes(6));
		}
	}

}
