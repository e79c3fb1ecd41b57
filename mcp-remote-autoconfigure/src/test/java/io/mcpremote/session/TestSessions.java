// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.springframework.util.unit.DataSize;

/**
 * Session records and properties.
 */
final class TestSessions {

	static final Duration IDLE_TIMEOUT = Duration.ofMinutes(30);

	private TestSessions() {
	}

	static SessionRecord of(String id, String owner, Instant now) {
		return new SessionRecord(SessionRecord.FORMAT, id, owner, "2025-11-25", Map.of("sampling", Map.of()),
				Map.of("name", "test", "version", "1"), null, Set.of(), now, now);
	}

	static McpRemoteSessionProperties properties() {
		return new McpRemoteSessionProperties(true, false, IDLE_TIMEOUT, 1000, 10, 100, Duration.ofMinutes(5), 100, 10,
				100, DataSize.ofKilobytes(256));
	}

}
