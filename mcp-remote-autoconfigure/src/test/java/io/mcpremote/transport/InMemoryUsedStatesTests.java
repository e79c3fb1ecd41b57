// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The default, which must not grow without bound.
 */
class InMemoryUsedStatesTests extends AbstractUsedStatesTests {

	@Override
	protected UsedStates states() {
		return new InMemoryUsedStates(this.clock);
	}

	@Test
	void useWhenMadeBeforeItBeganThenRefused() {
		Instant before = this.clock.instant().minusNanos(1);
		UsedStates states = states();
		assertThat(states.use("earlier", before, inTenMinutes())).isFalse();
		assertThat(states.use("now", this.clock.instant(), inTenMinutes())).isTrue();
		assertThat(states.use("now", this.clock.instant(), inTenMinutes())).isFalse();
	}

	@Test
	void useWhenFullThenRefusesUntilSomeExpire() {
		UsedStates states = states();
		for (int i = 0; i < 100_000; i++) {
			assertThat(states.use("state-" + i, inTenMinutes())).isTrue();
		}
		assertThat(states.use("one-more", inTenMinutes())).isFalse();
		this.clock.advance(Duration.ofMinutes(11));
		assertThat(states.use("one-more", inTenMinutes())).isTrue();
	}

}
