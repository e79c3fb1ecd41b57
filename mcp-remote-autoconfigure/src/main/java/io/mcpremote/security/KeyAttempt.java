// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * An attempt to read the keys of an issuer.
 */
final class KeyAttempt {

	private static final Duration AFTER_SUCCESS = Duration.ofSeconds(15);

	private static final Duration AFTER_FAILURE = Duration.ofSeconds(3);

	/**
	 * After that time nobody believes any more that it comes to an end.
	 */
	private static final Duration HOPELESS = Duration.ofSeconds(30);

	private final CountDownLatch done = new CountDownLatch(1);

	private final Instant begun;

	private volatile @Nullable Result result;

	KeyAttempt(Instant begun) {
		this.begun = begun;
	}

	Instant begun() {
		return this.begun;
	}

	void end(Instant ended, boolean success) {
		this.result = new Result(ended, success);
		this.done.countDown();
	}

	boolean hasSucceeded() {
		Result known = this.result;
		return known != null && known.success();
	}

	/**
	 * Return whether it is too early for another one.
	 */
	boolean isEnough(Instant now) {
		Result known = this.result;
		if (known == null) {
			return now.isBefore(this.begun.plus(HOPELESS));
		}
		return now.isBefore(known.ended().plus((known.success()) ? AFTER_SUCCESS : AFTER_FAILURE));
	}

	/**
	 * Wait for the end of it, or not if the time is over.
	 */
	void await(Duration time) {
		try {
			this.done.await(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private record Result(Instant ended, boolean success) {

	}

}
