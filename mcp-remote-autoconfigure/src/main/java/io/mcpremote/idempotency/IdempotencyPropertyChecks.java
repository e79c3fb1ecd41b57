// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import java.time.Duration;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Refuses values with which nothing would be remembered, or too much.
 */
final class IdempotencyPropertyChecks {

	private static final DataSize MIN = DataSize.ofKilobytes(4);

	private static final DataSize MAX_ENTRY = DataSize.ofGigabytes(1);

	private static final Duration MAX_WINDOW = Duration.ofDays(1);

	private IdempotencyPropertyChecks() {
	}

	static void check(McpRemoteIdempotencyProperties properties) {
		Duration window = properties.window();
		if (window.isNegative() || window.isZero() || window.compareTo(MAX_WINDOW) > 0) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.idempotency.window", window,
					"It must be more than nothing and at most a day.");
		}
		DataSize entry = properties.maxEntrySize();
		if (entry.compareTo(MIN) < 0 || entry.compareTo(MAX_ENTRY) > 0) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.idempotency.max-entry-size", entry,
					"It must be between 4KB and 1GB.");
		}
		if (properties.maxSize().compareTo(entry) < 0) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.idempotency.max-size",
					properties.maxSize(),
					"It must not be smaller than mcp.remote.idempotency.max-entry-size, which is " + entry + ".");
		}
	}

}
