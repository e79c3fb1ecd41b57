// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Says whether there is time left.
 */
final class TimeLimit {

	private TimeLimit() {
	}

	static BooleanSupplier of(Duration limit) {
		long begun = System.nanoTime();
		long nanos = limit.toNanos();
		return () -> System.nanoTime() - begun < nanos;
	}

}
