// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Refuses bounds under which nothing could be answered.
 */
final class OutputPropertyChecks {

	private static final DataSize LEAST = DataSize.ofKilobytes(1);

	private OutputPropertyChecks() {
	}

	static void check(McpRemoteOutputProperties properties) {
		if (properties.maxSize().compareTo(LEAST) < 0) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.output.max-size", properties.maxSize(),
					"It must be at least 1KB.");
		}
	}

}
