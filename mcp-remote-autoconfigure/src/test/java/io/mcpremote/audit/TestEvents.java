// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Client;
import io.mcpremote.audit.AuditEvent.Ending;
import io.mcpremote.audit.AuditEvent.Type;

/**
 * Events for tests.
 */
public final class TestEvents {

	public static final Instant TIME = Instant.parse("2026-08-01T12:00:00.000123Z");

	private TestEvents() {
	}

	public static AuditEvent call(String id) {
		return call(id, "{\"city\":\"Bonn\"}");
	}

	public static AuditEvent call(String id, String arguments) {
		return new AuditEvent(id, TIME, Type.CALL,
				new Actor("ann", "https://issuer.example", "editor", "acme", "203.0.113.7"),
				new Client("inspector", "1.0", "modern", "2026-07-28", "s-1"),
				new Action("tools/call", "weather", "1.2.3", arguments, "0af7651916cd43dd8448eb211c80319c"),
				new Ending("ok", "target", null, null, Duration.ofNanos(1_234_567), 42L, false, null), Map.of());
	}

}
