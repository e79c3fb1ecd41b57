// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.FailureKind;
import io.mcpremote.test.Concurrently;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The time of a call, by a ticker that the test moves.
 */
class TimeLimitTests {

	// A ticker may well begin below zero
	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);

	private final TimeLimit limit = new TimeLimit(this.nanos::get, Duration.ofSeconds(1),
			() -> new Failure(FailureKind.DEADLINE, "late", null));

	@Test
	void passWhenTimeIsNotOverThenNot() {
		pass(Duration.ofMillis(999));
		assertThat(this.limit.isDue()).isFalse();
		assertThat(this.limit.pass()).isFalse();
		assertThat(this.limit.end()).isFalse();
	}

	@Test
	void passWhenTimeIsOverThenOnce() {
		pass(Duration.ofSeconds(1));
		assertThat(this.limit.isDue()).isTrue();
		assertThat(this.limit.isPassed()).isFalse();
		assertThat(this.limit.pass()).isTrue();
		assertThat(this.limit.pass()).isFalse();
		assertThat(this.limit.isDue()).isFalse();
		assertThat(this.limit.isPassed()).isTrue();
		assertThat(this.limit.end()).isTrue();
	}

	@Test
	void passWhenEndedThenNot() {
		assertThat(this.limit.end()).isFalse();
		pass(Duration.ofHours(1));
		assertThat(this.limit.isDue()).isFalse();
		assertThat(this.limit.pass()).isFalse();
		assertThat(this.limit.isPassed()).isFalse();
	}

	@Test
	void passWhenTimeStoodStillThenWhatWasLeftIsLeft() {
		pass(Duration.ofMillis(400));
		this.limit.stand();
		this.limit.stand();
		pass(Duration.ofHours(1));
		assertThat(this.limit.isDue()).isFalse();
		this.limit.goOn();
		this.limit.goOn();
		pass(Duration.ofMillis(599));
		assertThat(this.limit.isDue()).isFalse();
		pass(Duration.ofMillis(1));
		assertThat(this.limit.isDue()).isTrue();
	}

	@Test
	void endWhenTimeIsOverMeanwhileThenOneOfBothWins() {
		for (int round = 0; round < 200; round++) {
			TimeLimit raced = new TimeLimit(this.nanos::get, Duration.ZERO,
					() -> new Failure(FailureKind.DEADLINE, "late", null));
			AtomicInteger passed = new AtomicInteger();
			AtomicInteger late = new AtomicInteger();
			Concurrently.run(2, (thread) -> {
				if (thread == 0) {
					passed.addAndGet((raced.pass()) ? 1 : 0);
				}
				else {
					late.addAndGet((raced.end()) ? 1 : 0);
				}
			});
			assertThat(late.get()).isEqualTo(passed.get());
		}
	}

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

}
