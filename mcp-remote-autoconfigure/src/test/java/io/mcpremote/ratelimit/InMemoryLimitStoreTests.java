// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.mcpremote.policy.Rate;
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
	void takeWhenTimeGoesOnMeanwhileThenWindowIsNotLonger() {
		LimitStore store = new InMemoryLimitStore(100, Clock.systemUTC());
		LimitState state = take(store, new Limit("user", "alice", FIVE_PER_HOUR, 1));
		assertThat(state.reset()).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void takeWhenManyOthersComeThenLimitIsNotReset() {
		LimitStore store = new InMemoryLimitStore(100, this.clock);
		Limit mallory = address("mallory");
		for (int i = 0; i < 5; i++) {
			take(store, mallory);
		}
		for (int i = 0; i < 10_000; i++) {
			take(store, address("made up " + i));
		}
		assertThat(take(store, mallory).exceeded()).isTrue();
	}

	@Test
	void takeWhenFullThenNewOnesShareUntilThereIsRoom() {
		LimitStore store = new InMemoryLimitStore(2, this.clock);
		take(store, address("a"));
		take(store, address("b"));
		for (int i = 0; i < 5; i++) {
			assertThat(take(store, address("late " + i)).exceeded()).isFalse();
		}
		assertThat(take(store, address("too late")).exceeded()).isTrue();
		assertThat(take(store, address("a")).exceeded()).isFalse();
		// Other levels have room of their own
		assertThat(take(store, new Limit("user", "alice", FIVE_PER_HOUR, 1)).exceeded()).isFalse();
		this.clock.advance(Duration.ofHours(2));
		assertThat(take(store, address("too late")).remaining()).isEqualTo(4);
	}

	@Test
	void takeWhenFullThenOtherGroupsAndRatesHaveWindowsOfTheirOwn() {
		LimitStore store = new InMemoryLimitStore(1, this.clock);
		take(store, address("a"));
		for (int i = 0; i < 6; i++) {
			take(store, address("flood " + i));
		}
		assertThat(take(store, address("victim")).exceeded()).isTrue();
		Limit elsewhere = new Limit("address", "elsewhere", "another network", FIVE_PER_HOUR, 1, false);
		assertThat(take(store, elsewhere).exceeded()).isFalse();
		Limit generous = new Limit("address", "b", "network", Rate.of("1000/1d"), 1, false);
		assertThat(take(store, generous).remaining()).isEqualTo(999);
		store.giveBack(List.of(generous));
		assertThat(take(store, generous).remaining()).isEqualTo(999);
	}

	@Test
	void takeWhenFullThenQuotaIsSharedThroughoutTheDay() {
		LimitStore store = new InMemoryLimitStore(1, this.clock);
		take(store, daily("somebody", Duration.ofHours(10)));
		for (int i = 0; i < 5; i++) {
			assertThat(take(store, daily("late", Duration.ofHours(9).minusMillis(i))).exceeded()).isFalse();
		}
		assertThat(take(store, daily("late", Duration.ofHours(8))).exceeded()).isTrue();
	}

	private static Limit daily(String user, Duration left) {
		return new Limit("user-day", "2026-11-21 " + user, "2026-11-21 7", new Rate(5, left), 1, true);
	}

	private static Limit address(String address) {
		return new Limit("address", address, "network", FIVE_PER_HOUR, 1, false);
	}

}
