// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Duration;

import io.mcpremote.policy.Rate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Windows that have ended go, and no others.
 */
class LimitLevelTests {

	private static final long HOUR = Duration.ofHours(1).toMillis();

	private final LimitLevel level = new LimitLevel(1000);

	@Test
	void windowWhenOthersHaveEndedThenTheirsAreSweptAwayInTime() {
		for (int hour = 0; hour < 100; hour++) {
			for (int i = 0; i < 50; i++) {
				this.level.window(limit(hour + " " + i), hour * HOUR);
			}
		}
		assertThat(this.level.size()).isLessThanOrEqualTo(128);
	}

	@Test
	void windowWhenNothingHasEndedThenEachKeepsItsOwn() {
		LimitWindow[] windows = new LimitWindow[1000];
		for (int i = 0; i < windows.length; i++) {
			windows[i] = this.level.window(limit("" + i), 2000L * i);
		}
		for (int i = 0; i < windows.length; i++) {
			assertThat(this.level.window(limit("" + i), 2_000_000)).isSameAs(windows[i]);
		}
		assertThat(this.level.size()).isEqualTo(1000);
	}

	@Test
	void windowWhenFullOfEndedOnesThenThereIsRoom() {
		for (int i = 0; i < 1000; i++) {
			this.level.window(limit("" + i), 0);
		}
		LimitWindow shared = this.level.window(limit("late"), HOUR - 1);
		assertThat(this.level.window(limit("later"), HOUR - 1)).isSameAs(shared);
		LimitWindow own = this.level.window(limit("next"), 2 * HOUR);
		assertThat(this.level.window(limit("another"), 2 * HOUR)).isNotSameAs(own);
		assertThat(this.level.size()).isEqualTo(2);
	}

	private static Limit limit(String key) {
		return new Limit("user", key, "group", Rate.of("5/1h"), 1, false);
	}

}
