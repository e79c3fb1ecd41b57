// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Says in the log that events are lost, not more often than somebody would read it.
 */
final class LossLog {

	private static final Log logger = LogFactory.getLog(AuditTrail.class);

	private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

	private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

	private final Clock clock;

	LossLog(Clock clock) {
		this.clock = clock;
	}

	void warn(String message, @Nullable Throwable cause) {
		Instant now = this.clock.instant();
		Instant due = this.next.get();
		if (!now.isBefore(due) && this.next.compareAndSet(due, now.plus(BETWEEN_LINES))) {
			logger.warn(message, cause);
		}
	}

}
