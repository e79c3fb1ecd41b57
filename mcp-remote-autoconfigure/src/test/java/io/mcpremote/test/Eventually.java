// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what other threads do, but never for long.
 */
public final class Eventually {

	/**
	 * Long enough for the slowest machine, never waited for in full by a test that
	 * passes.
	 */
	public static final Duration DEADLINE = Duration.ofSeconds(20);

	private Eventually() {
	}

	/**
	 * Wait until a condition holds.
	 * @param what says what is waited for
	 * @param condition the condition
	 */
	public static void until(String what, BooleanSupplier condition) {
		long deadline = System.nanoTime() + DEADLINE.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new AssertionError("Not within " + DEADLINE.toSeconds() + " s: " + what);
			}
			LockSupport.parkNanos(5_000_000);
		}
	}

	/**
	 * Wait for a latch.
	 * @param what says what is waited for
	 * @param latch the latch
	 */
	public static void until(String what, CountDownLatch latch) {
		try {
			if (!latch.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError("Not within " + DEADLINE.toSeconds() + " s: " + what);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
