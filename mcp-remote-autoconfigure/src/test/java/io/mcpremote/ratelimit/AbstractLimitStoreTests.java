// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.policy.Rate;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link LimitStore} does.
 */
abstract class AbstractLimitStoreTests {

	protected static final Rate FIVE_PER_HOUR = Rate.of("5/1h");

	protected final MutableClock clock = new MutableClock();

	/**
	 * Create a store of which nothing has been used.
	 */
	protected abstract LimitStore store();

	@Test
	void takeThenAsManyAsAllowed() {
		LimitStore store = store();
		Limit limit = new Limit("user", "alice", FIVE_PER_HOUR, 1);
		for (int i = 4; i >= 0; i--) {
			LimitState state = take(store, limit);
			assertThat(state.exceeded()).isFalse();
			assertThat(state.remaining()).isEqualTo(i);
			assertThat(state.reset()).isEqualTo(Duration.ofHours(1));
		}
		assertThat(take(store, limit).exceeded()).isTrue();
	}

	@Test
	void takeWhenOtherKeyOrLevelThenOfItsOwn() {
		LimitStore store = store();
		store.take(List.of(new Limit("user", "alice", FIVE_PER_HOUR, 5)));
		assertThat(take(store, new Limit("user", "bob", FIVE_PER_HOUR, 1)).exceeded()).isFalse();
		assertThat(take(store, new Limit("session", "alice", FIVE_PER_HOUR, 1)).exceeded()).isFalse();
		assertThat(take(store, new Limit("user", "alice", FIVE_PER_HOUR, 1)).exceeded()).isTrue();
	}

	@Test
	void takeWhenWindowHasEndedThenAllAtOnceAndFromFirstUse() {
		LimitStore store = store();
		Limit limit = new Limit("user", "alice", FIVE_PER_HOUR, 1);
		take(store, limit);
		this.clock.advance(Duration.ofMinutes(59));
		store.take(List.of(limit.withCost(4)));
		LimitState spent = take(store, limit);
		assertThat(spent.exceeded()).isTrue();
		assertThat(spent.reset()).isEqualTo(Duration.ofMinutes(1));
		this.clock.advance(Duration.ofMinutes(31));
		LimitState fresh = take(store, limit);
		assertThat(fresh.remaining()).isEqualTo(4);
		assertThat(fresh.reset()).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void takeWhenPacedThenNeverTwiceAsMuchInOneWindow() {
		LimitStore store = store();
		Limit limit = new Limit("user", "alice", FIVE_PER_HOUR, 1);
		int[] admitted = new int[600];
		for (int minute = 0; minute < admitted.length; minute++) {
			// First one off the hours of the clock; later as many as possible, with
			// pauses
			boolean greedy = minute >= 70 && minute % 97 > 20;
			while ((minute == 17 && admitted[17] == 0 || greedy) && !take(store, limit).exceeded()) {
				admitted[minute]++;
			}
			this.clock.advance(Duration.ofMinutes(1));
		}
		int total = 0;
		for (int from = 0; from + 60 <= admitted.length; from++) {
			int within = 0;
			for (int minute = from; minute < from + 60; minute++) {
				within += admitted[minute];
			}
			assertThat(within).as("in the hour from minute %s", from).isLessThan(10);
			total += admitted[from];
		}
		assertThat(total).isGreaterThan(30);
	}

	@Test
	void takeWhenCostsDifferThenEachItsOwn() {
		LimitStore store = store();
		Limit user = new Limit("user", "alice", FIVE_PER_HOUR, 2);
		Limit tool = new Limit("tool", "report alice", FIVE_PER_HOUR, 5);
		assertThat(store.take(List.of(user, tool))).extracting(LimitState::remaining).containsExactly(3L, 0L);
		assertThat(store.take(List.of(user, tool))).extracting(LimitState::exceeded).containsExactly(false, true);
		store.giveBack(List.of(user, tool));
		assertThat(store.take(List.of(user, tool))).extracting(LimitState::exceeded).containsOnly(false);
	}

	@Test
	void takeWhenOneLevelIsExceededThenNothingOfTheOthers() {
		LimitStore store = store();
		Limit wide = new Limit("user", "alice", Rate.of("100/1h"), 1);
		Limit narrow = new Limit("session", "s1", FIVE_PER_HOUR, 1);
		store.take(List.of(narrow.withCost(5)));
		List<LimitState> states = store.take(List.of(wide, narrow));
		assertThat(states).extracting(LimitState::exceeded).containsExactly(false, true);
		assertThat(states.get(0).remaining()).isEqualTo(100);
		assertThat(take(store, wide).remaining()).isEqualTo(99);
	}

	@Test
	void takeWhenCostIsMoreThanIsLeftThenNothing() {
		LimitStore store = store();
		Limit limit = new Limit("user", "alice", FIVE_PER_HOUR, 1);
		assertThat(store.take(List.of(limit.withCost(3))).get(0).exceeded()).isFalse();
		assertThat(store.take(List.of(limit.withCost(3))).get(0).exceeded()).isTrue();
		assertThat(store.take(List.of(limit.withCost(2))).get(0).exceeded()).isFalse();
		assertThat(store.take(List.of(limit.withCost(6))).get(0).exceeded()).isTrue();
	}

	@Test
	void giveBackThenAvailableAgain() {
		LimitStore store = store();
		Limit limit = new Limit("user", "alice", FIVE_PER_HOUR, 1);
		store.take(List.of(limit.withCost(5)));
		store.giveBack(List.of(limit.withCost(2)));
		assertThat(store.take(List.of(limit.withCost(2))).get(0).exceeded()).isFalse();
		assertThat(take(store, limit).exceeded()).isTrue();
	}

	@Test
	void giveBackWhenWindowHasEndedThenNotMoreThanAllowed() {
		LimitStore store = store();
		Limit limit = new Limit("user", "alice", FIVE_PER_HOUR, 1);
		store.take(List.of(limit.withCost(5)));
		this.clock.advance(Duration.ofHours(2));
		store.giveBack(List.of(limit.withCost(5)));
		assertThat(store.take(List.of(limit.withCost(5))).get(0).exceeded()).isFalse();
		assertThat(take(store, limit).exceeded()).isTrue();
	}

	@Test
	void takeWhenConcurrentThenExactlyAsManyAsAllowed() {
		LimitStore store = store();
		Limit narrow = new Limit("session", "s1", Rate.of("500/1m"), 1);
		Limit wide = new Limit("user", "alice", Rate.of("10000/1m"), 1);
		for (int window = 0; window < 5; window++) {
			AtomicInteger admitted = new AtomicInteger();
			Concurrently.run(64, (thread) -> {
				for (int i = 0; i < 20; i++) {
					if (store.take(List.of(wide, narrow)).stream().noneMatch(LimitState::exceeded)) {
						admitted.incrementAndGet();
					}
				}
			});
			assertThat(admitted).as("window %s", window).hasValue(500);
			this.clock.advance(Duration.ofMinutes(1));
		}
	}

	protected static LimitState take(LimitStore store, Limit limit) {
		return store.take(List.of(limit.withCost(1))).get(0);
	}

}
