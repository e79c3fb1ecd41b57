// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The store in memory is bounded, and nobody gains from its bounds.
 */
class InMemoryLimitStoreTests extends AbstractLimitStoreTests {

	@Override
	protected LimitStore store() {
		return new InMemoryLimitStore(1000, this.clock);
	}

	@Test
	void takeWhenManyOthersComeThenLimitIsNotReset() {
		LimitStore store = new InMemoryLimitStore(100, this.clock);
		Limit mallory = new Limit("address", "mallory", FIVE_PER_HOUR);
		for (int i = 0; i < 5; i++) {
			take(store, mallory);
		}
		for (int i = 0; i < 10_000; i++) {
			take(store, new Limit("address", "made up " + i, FIVE_PER_HOUR));
		}
		assertThat(take(store, mallory).exceeded()).isTrue();
	}

	@Test
	void takeWhenFullThenNewOnesShareUntilThereIsRoom() {
		LimitStore store = new InMemoryLimitStore(2, this.clock);
		take(store, new Limit("address", "a", FIVE_PER_HOUR));
		take(store, new Limit("address", "b", FIVE_PER_HOUR));
		for (int i = 0; i < 5; i++) {
			assertThat(take(store, new Limit("address", "late " + i, FIVE_PER_HOUR)).exceeded()).isFalse();
		}
		assertThat(take(store, new Limit("address", "too late", FIVE_PER_HOUR)).exceeded()).isTrue();
		assertThat(take(store, new Limit("address", "a", FIVE_PER_HOUR)).exceeded()).isFalse();
		// Other levels have room of their own
		assertThat(take(store, new Limit("user", "alice", FIVE_PER_HOUR)).exceeded()).isFalse();
		this.clock.advance(Duration.ofHours(2));
		assertThat(take(store, new Limit("address", "too late", FIVE_PER_HOUR)).remaining()).isEqualTo(4);
	}

}
