// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditSink;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last audit events for the page, after redaction and cut short.
 */
final class AuditTail implements AuditSink {

	private static final int MAX_ARGUMENTS = 1000;

	private static final int MAX_DETAILS = 10;

	private final Deque<Entry> entries = new ArrayDeque<>();

	private final int max;

	private long number;

	AuditTail(int max) {
		this.max = max;
	}

	@Override
	public String name() {
		return "console";
	}

	@Override
	public synchronized void append(List<AuditEvent> events) {
		for (AuditEvent event : events) {
			if (event.type() == AuditEvent.Type.INTENT) {
				// The call itself follows
				continue;
			}
			if (this.entries.size() >= this.max) {
				this.entries.removeFirst();
			}
			this.number++;
			this.entries.addLast(new Entry(this.number, shown(event)));
		}
	}

	/**
	 * Return events that came after another, oldest first.
	 * @param number the number of the other
	 * @param most how many at most, the last ones if there are more
	 */
	synchronized List<Entry> after(long number, int most) {
		List<Entry> found = new ArrayList<>();
		Iterator<Entry> newestFirst = this.entries.descendingIterator();
		while (newestFirst.hasNext() && found.size() < most) {
			Entry entry = newestFirst.next();
			if (entry.number() <= number) {
				break;
			}
			found.add(0, entry);
		}
		return found;
	}

	private static Map<String, Object> shown(AuditEvent event) {
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("id", event.id());
		shown.put("time", event.time().toString());
		shown.put("type", event.type().name());
		AuditEvent.Actor actor = event.actor();
		put(shown, "subject", actor.subject());
		put(shown, "issuer", actor.issuer());
		put(shown, "clientId", actor.clientId());
		put(shown, "tenant", actor.tenant());
		put(shown, "address", actor.address());
		AuditEvent.Client client = event.client();
		put(shown, "claimedName", client.claimedName());
		put(shown, "claimedVersion", client.claimedVersion());
		put(shown, "era", client.era());
		put(shown, "protocol", client.protocol());
		put(shown, "session", client.session());
		AuditEvent.Action action = event.action();
		if (action != null) {
			put(shown, "method", action.method());
			put(shown, "target", action.target());
			put(shown, "version", action.version());
			put(shown, "traceId", action.traceId());
			shown.put("arguments", ShownText.of(action.arguments(), MAX_ARGUMENTS));
		}
		AuditEvent.Ending ending = event.ending();
		if (ending != null) {
			put(shown, "outcome", ending.outcome());
			put(shown, "stage", ending.stage());
			put(shown, "reason", ending.reason());
			put(shown, "error", ending.error());
			put(shown, "confirmation", ending.confirmation());
			shown.put("millis", ending.duration().toNanos() / 10_000 / 100.0);
			shown.put("size", ending.size());
			shown.put("cached", ending.cached());
		}
		event.details()
			.entrySet()
			.stream()
			.limit(MAX_DETAILS)
			.forEach((detail) -> put(shown, "detail " + ShownText.of(detail.getKey()), detail.getValue()));
		shown.values().removeIf((value) -> value == null || "".equals(value));
		return shown;
	}

	private static void put(Map<String, Object> shown, String name, @Nullable String value) {
		shown.put(name, ShownText.of(value));
	}

	/**
	 * An event and its place.
	 *
	 * @param number its place
	 * @param event what is shown of it
	 */
	record Entry(long number, Map<String, Object> event) {

	}

}
