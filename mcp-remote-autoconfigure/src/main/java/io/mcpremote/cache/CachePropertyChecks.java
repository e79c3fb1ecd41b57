// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Refuses sizes with which nothing could be remembered, or too much.
 */
final class CachePropertyChecks {

	private static final DataSize MIN = DataSize.ofKilobytes(1);

	private static final DataSize MAX_ENTRY = DataSize.ofGigabytes(1);

	private CachePropertyChecks() {
	}

	static void check(McpRemoteCacheProperties properties) {
		DataSize entry = properties.maxEntrySize();
		if (entry.compareTo(MIN) < 0 || entry.compareTo(MAX_ENTRY) > 0) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.cache.max-entry-size", entry,
					"It must be between 1KB and 1GB.");
		}
		if (properties.maxSize().compareTo(entry) < 0) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.cache.max-size", properties.maxSize(),
					"It must not be smaller than mcp.remote.cache.max-entry-size, which is " + entry
							+ ". To remember nothing, set mcp.remote.cache.enabled=false.");
		}
	}

}
