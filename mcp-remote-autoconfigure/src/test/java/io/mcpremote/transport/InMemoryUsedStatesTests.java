// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;

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
