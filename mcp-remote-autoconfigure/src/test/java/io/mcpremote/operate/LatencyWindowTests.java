// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.mcpremote.operate.LatencyWindow.Latency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

/**
 * Durations are found again, about, as long as they are recent.
 */
class LatencyWindowTests {

	private final AtomicLong nanos = new AtomicLong(-Duration.ofMinutes(1).toNanos());

	private final LatencyWindow window = new LatencyWindow(this.nanos::get);

	@ParameterizedTest
	@ValueSource(longs = { 1, 3, 10, 47, 250, 999, 12_345, 59_000, 600_000, 3_600_000 })
	void recentThenWithinATenth(long millis) {
		this.window.record(Duration.ofMillis(millis).toNanos());
		assertThat(this.window.recent().p95Millis()).isCloseTo(millis, withinPercentage(13));
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, 0, Long.MAX_VALUE })
	void recordWhenAnyDurationThenCounted(long duration) {
		this.window.record(duration);
		assertThat(this.window.recent().calls()).isOne();
	}

	@Test
	void recentWhenSpreadThenPercentiles() {
		for (int millis = 1; millis <= 100; millis++) {
			this.window.record(Duration.ofMillis(millis).toNanos());
		}
		Latency recent = this.window.recent();
		assertThat(recent.calls()).isEqualTo(100);
		assertThat(recent.p50Millis()).isCloseTo(50, withinPercentage(13));
		assertThat(recent.p95Millis()).isCloseTo(95, withinPercentage(13));
	}

	@Test
	void recentWhenTimePassesThenForgotten() {
		this.window.record(1000);
		this.nanos.addAndGet(LatencyWindow.SLOT.multipliedBy(LatencyWindow.SLOTS - 1L).toNanos());
		this.window.record(1000);
		assertThat(this.window.recent().calls()).isEqualTo(2);
		this.nanos.addAndGet(LatencyWindow.SLOT.toNanos());
		assertThat(this.window.recent().calls()).isOne();
		this.nanos.addAndGet(Duration.ofHours(1).toNanos());
		assertThat(this.window.recent()).isEqualTo(Latency.NONE);
	}

	@Test
	void callsThenAsManyAsHaveDurations() {
		assertThat(this.window.calls()).isZero();
		for (int i = 0; i < 30; i++) {
			this.window.record(1_000_000L * i);
			this.nanos.addAndGet(LatencyWindow.SLOT.toNanos());
			assertThat(this.window.calls()).isEqualTo(this.window.recent().calls());
		}
	}

	@Test
	void historyThenOldestFirst() {
		this.window.record(1000);
		this.nanos.addAndGet(LatencyWindow.SLOT.toNanos());
		this.window.record(1000);
		this.window.record(1000);
		assertThat(this.window.history()).hasSize(LatencyWindow.SLOTS).extracting(Latency::calls).endsWith(0L, 1L, 2L);
	}

}
