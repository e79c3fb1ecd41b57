// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.time.Duration;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Refuses values with which nobody could confirm anything.
 */
final class ConfirmPropertyChecks {

	private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

	private ConfirmPropertyChecks() {
	}

	static void check(McpRemoteConfirmProperties properties) {
		Duration timeout = properties.inputTimeout();
		if (timeout.toMillis() < 1 || timeout.compareTo(MAX_TIMEOUT) > 0) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.confirm.input-timeout", timeout,
					"It must be longer than zero and at most a day.");
		}
	}

}
