// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.test.Concurrently;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link UsedStates} does.
 */
abstract class AbstractUsedStatesTests {

	protected final MutableClock clock = new MutableClock();

	/**
	 * Create one that remembers nothing yet.
	 */
	protected abstract UsedStates states();

	@Test
	void useThenTrueOnce() {
		UsedStates states = states();
		assertThat(states.use("a", inTenMinutes())).isTrue();
		assertThat(states.use("a", inTenMinutes())).isFalse();
		assertThat(states.use("a", inTenMinutes().plusSeconds(60))).isFalse();
	}

	@Test
	void useWhenAnotherStateThenTrue() {
		UsedStates states = states();
		states.use("a", inTenMinutes());
		assertThat(states.use("b", inTenMinutes())).isTrue();
	}

	@Test
	void useWhenAlmostExpiredThenStillRemembered() {
		UsedStates states = states();
		Instant expires = inTenMinutes();
		states.use("a", expires);
		this.clock.advance(Duration.ofMinutes(10).minusSeconds(1));
		assertThat(states.use("a", expires)).isFalse();
	}

	@Test
	void useWhenConcurrentThenOneIsFirst() {
		UsedStates states = states();
		Instant expires = inTenMinutes();
		for (int round = 0; round < 50; round++) {
			String id = "state-" + round;
			AtomicInteger first = new AtomicInteger();
			Concurrently.run(4, (thread) -> {
				if (states.use(id, expires)) {
					first.incrementAndGet();
				}
			});
			assertThat(first).hasValue(1);
		}
	}

	protected final Instant inTenMinutes() {
		return this.clock.instant().plus(Duration.ofMinutes(10));
	}

}
