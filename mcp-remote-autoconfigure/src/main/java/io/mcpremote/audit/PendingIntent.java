// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An event on its way to sinks for which a call waits. It is on record when one durable
 * sink has it, and is not when none of them has.
 */
final class PendingIntent extends QueuedEvent {

	private final CompletableFuture<Boolean> recorded = new CompletableFuture<>();

	private final AtomicInteger undecided;

	PendingIntent(AuditEvent event, int durableSinks) {
		super(event);
		this.undecided = new AtomicInteger(durableSinks);
	}

	Future<Boolean> recorded() {
		return this.recorded;
	}

	@Override
	void decided(boolean kept) {
		if (kept) {
			this.recorded.complete(true);
		}
		else if (this.undecided.decrementAndGet() == 0) {
			this.recorded.complete(false);
		}
	}

}
