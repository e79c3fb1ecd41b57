// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.mcpremote.policy.Rate;

/**
 * One window of one limit. Its bucket is never filled again, for there is no time within
 * a window; after its end there is another one, so that whoever comes late cannot take
 * from both.
 */
final class LimitWindow {

	/**
	 * What a bucket asks for and never comes to.
	 */
	private static final Duration REFILL = Duration.ofDays(3650);

	private final Bucket bucket;

	private final long end;

	private LimitWindow(Bucket bucket, long end) {
		this.bucket = bucket;
		this.end = end;
	}

	/**
	 * Begin a window.
	 * @param rate what is allowed within it
	 * @param start when it begins, in milliseconds of the epoch, as all times here
	 */
	static LimitWindow begin(Rate rate, long start) {
		Bucket bucket = Bucket.builder()
			.addLimit((limit) -> limit.capacity(rate.calls()).refillIntervally(rate.calls(), REFILL))
			.withCustomTimePrecision(StandingStill.INSTANCE)
			.build();
		return new LimitWindow(bucket, start + rate.window().toMillis());
	}

	boolean hasEnded(long now) {
		return now >= this.end;
	}

	/**
	 * Take from what is left, if that is enough.
	 * @return what is left then, or {@code -1} if nothing was taken
	 */
	long take(long cost) {
		ConsumptionProbe probe = this.bucket.tryConsumeAndReturnRemaining(cost);
		return (probe.isConsumed()) ? probe.getRemainingTokens() : -1;
	}

	void giveBack(long cost) {
		this.bucket.addTokens(cost);
	}

	long remaining() {
		return Math.max(0, this.bucket.getAvailableTokens());
	}

	Duration left(long now) {
		return Duration.ofMillis(Math.max(0, this.end - now));
	}

	/**
	 * The time within a window: it has none.
	 */
	private enum StandingStill implements TimeMeter {

		INSTANCE;

		@Override
		public long currentTimeNanos() {
			return TimeUnit.DAYS.toNanos(1);
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	}

}
