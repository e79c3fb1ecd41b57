// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.time.Instant;
import java.util.Map;

import io.mcpremote.call.McpCall.TraceContext;

/**
 * Calls as they come from clients.
 */
public final class TestCalls {

	public static final Caller ALICE = new Caller("alice", "https://issuer.example", "client-1", "192.0.2.1");

	public static final Caller BOB = new Caller("bob", "https://issuer.example", "client-1", "192.0.2.1");

	private static final Instant STARTED = Instant.parse("2026-08-01T12:00:00Z");

	private TestCalls() {
	}

	public static McpCall tool() {
		return of(Revision.V2026_07_28, "tools/call", "echo");
	}

	public static McpCall of(Revision revision, String method, String target) {
		return new McpCall("c-1", revision, method, target, Map.of("arguments", Map.of("text", "hi")), ALICE, null,
				null, TraceContext.NONE, STARTED);
	}

}
