// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

/**
 * An event on its way to sinks.
 */
class QueuedEvent {

	private final AuditEvent event;

	private final int weight;

	QueuedEvent(AuditEvent event) {
		this.event = event;
		this.weight = EventWeight.of(event);
	}

	final AuditEvent event() {
		return this.event;
	}

	/**
	 * Return about how many bytes the event takes.
	 */
	final int weight() {
		return this.weight;
	}

	/**
	 * Note what has become of the event at a durable sink.
	 */
	void decided(boolean kept) {
		// Nobody waits for it
	}

}
