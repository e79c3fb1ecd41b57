// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What columns of a table say of a record, so that there are queries. All of it follows
 * from the record, which is how columns that were changed are found. Records that are
 * kept must go on to yield the same values.
 */
final class EventColumns {

	/**
	 * The names of the columns, in the order of the values.
	 */
	static final List<String> NAMES = List.of("kind", "recorded_at", "event_id", "event_type", "occurred_at",
			"occurred_on", "subject", "issuer", "client_id", "tenant", "method", "target", "outcome",
			"duration_micros");

	private static final int LONG = 255;

	private static final int SHORT = 64;

	private final JsonMapper json = JsonMapper.builder().build();

	/**
	 * Return the values for a record, texts and numbers.
	 */
	List<@Nullable Object> of(LedgerLine line) {
		List<@Nullable Object> values = new ArrayList<>(NAMES.size());
		values.add(line.kind().text());
		values.add(millis(line.time()));
		JsonNode event = (line.kind() == RecordKind.EVENT) ? read(line.data().text()) : null;
		if (event == null) {
			values.addAll(Collections.nCopies(NAMES.size() - 2, null));
			return values;
		}
		Long time = millis(string(event.path("time")));
		values.add(text(event.path("id"), LONG));
		values.add(text(event.path("type"), SHORT));
		values.add(time);
		values
			.add((time != null) ? Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC).toLocalDate().toString() : null);
		values.add(text(event.path("actor").path("subject"), LONG));
		values.add(text(event.path("actor").path("issuer"), LONG));
		values.add(text(event.path("actor").path("clientId"), LONG));
		values.add(text(event.path("actor").path("tenant"), LONG));
		values.add(text(event.path("action").path("method"), LONG));
		values.add(text(event.path("action").path("target"), LONG));
		values.add(text(event.path("ending").path("outcome"), SHORT));
		JsonNode duration = event.path("ending").path("durationMicros");
		values.add((duration.isIntegralNumber()) ? duration.longValue() : null);
		return values;
	}

	private @Nullable JsonNode read(String data) {
		try {
			return this.json.readTree(data);
		}
		catch (JacksonException ex) {
			// The record itself is kept all the same
			return null;
		}
	}

	private static @Nullable Long millis(@Nullable String time) {
		try {
			return (time != null) ? Instant.parse(time).toEpochMilli() : null;
		}
		catch (DateTimeParseException | ArithmeticException ex) {
			return null;
		}
	}

	private static @Nullable String string(JsonNode node) {
		return (node.isString()) ? node.stringValue() : null;
	}

	/**
	 * Databases differ in which characters they take, and in whether an empty text and
	 * spaces at the end are kept.
	 */
	private static @Nullable String text(JsonNode node, int length) {
		String text = string(node);
		if (text == null) {
			return null;
		}
		StringBuilder kept = new StringBuilder();
		text.codePoints()
			.map((c) -> (Character.isISOControl(c) || (c >= 0xd800 && c <= 0xdfff)) ? ' ' : c)
			.limit(length)
			.forEach(kept::appendCodePoint);
		String cut = kept.toString().stripTrailing();
		while (cut.length() > length) {
			cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
		}
		return (cut.isEmpty()) ? null : cut;
	}

}
