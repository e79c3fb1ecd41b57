// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An event on its way to sinks for which a call waits. It is on record when one durable
 * sink has it, and is not when none of them has.
 */
final class PendingIntent {

	private final CompletableFuture<Boolean> recorded = new CompletableFuture<>();

	private final AtomicInteger undecided;

	private final AuditEvent event;

	PendingIntent(AuditEvent event, int durableSinks) {
		this.event = event;
		this.undecided = new AtomicInteger(durableSinks);
	}

	AuditEvent event() {
		return this.event;
	}

	Future<Boolean> recorded() {
		return this.recorded;
	}

	/**
	 * Note what has become of the event at a durable sink.
	 */
	void decided(boolean kept) {
		if (kept) {
			this.recorded.complete(true);
		}
		else if (this.undecided.decrementAndGet() == 0) {
			this.recorded.complete(false);
		}
	}

}
