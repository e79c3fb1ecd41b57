// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.operate;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.springframework.stereotype.Component;

/**
 * Holds tools that do not come to an end: until they may, or until it would stand in the
 * way of others.
 */
@Component
class Latches {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private volatile boolean held = true;

	/**
	 * Wait, whoever may interrupt it.
	 */
	void hold() {
		long end = System.nanoTime() + LIMIT.toNanos();
		while (this.held && System.nanoTime() - end < 0) {
			LockSupport.parkNanos(1_000_000);
		}
	}

	void hold(boolean newHeld) {
		this.held = newHeld;
	}

}
