// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.github.bucket4j.Bucket;
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

	private final Instant end;

	private LimitWindow(Bucket bucket, Instant end) {
		this.bucket = bucket;
		this.end = end;
	}

	static LimitWindow begin(Rate rate, Instant start) {
		Bucket bucket = Bucket.builder()
			.addLimit((limit) -> limit.capacity(rate.calls()).refillIntervally(rate.calls(), REFILL))
			.withCustomTimePrecision(StandingStill.INSTANCE)
			.build();
		return new LimitWindow(bucket, start.plus(rate.window()));
	}

	boolean hasEnded(Instant now) {
		return !now.isBefore(this.end);
	}

	boolean take(long cost) {
		return this.bucket.tryConsume(cost);
	}

	void giveBack(long cost) {
		this.bucket.addTokens(cost);
	}

	long remaining() {
		return Math.max(0, this.bucket.getAvailableTokens());
	}

	Duration left(Instant now) {
		return (hasEnded(now)) ? Duration.ZERO : Duration.between(now, this.end);
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
