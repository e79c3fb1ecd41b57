// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.TestRun;

/**
 * Keeps events for a test to look at.
 */
class RecordingSink implements AuditSink {

	private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

	private final List<Integer> batches = new CopyOnWriteArrayList<>();

	private final String name;

	private final boolean durable;

	private volatile boolean closed;

	RecordingSink() {
		this("recording", false);
	}

	RecordingSink(String name, boolean durable) {
		this.name = name;
		this.durable = durable;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public void append(List<AuditEvent> appended) {
		this.events.addAll(appended);
		appended.forEach((event) -> TestRun.audited(AuditEventJson.write(event)));
		this.batches.add(appended.size());
	}

	@Override
	public boolean isDurable() {
		return this.durable;
	}

	@Override
	public void close() {
		this.closed = true;
	}

	boolean isClosed() {
		return this.closed;
	}

	List<AuditEvent> events() {
		return this.events;
	}

	List<Integer> batches() {
		return this.batches;
	}

	List<AuditEvent> events(Type type) {
		return this.events.stream().filter((event) -> event.type() == type).toList();
	}

	/**
	 * Wait for a number of events of a type.
	 */
	List<AuditEvent> await(Type type, int count) {
		Eventually.until(count + " events of type " + type, () -> events(type).size() >= count);
		return events(type);
	}

}
