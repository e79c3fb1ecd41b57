// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Refuses limits under which nobody could call anything.
 */
final class RateLimitPropertyChecks {

	private static final long MAX_QUOTA = 1_000_000_000_000L;

	private RateLimitPropertyChecks() {
	}

	static void check(McpRemoteRateLimitProperties limits, McpRemoteQuotaProperties quotas) {
		if (limits.maxEntries() < 1) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.rate-limit.max-entries",
					limits.maxEntries(), "It must be at least 1.");
		}
		Map<String, @Nullable Long> all = new LinkedHashMap<>();
		all.put("user.daily", quotas.user().daily());
		all.put("user.monthly", quotas.user().monthly());
		all.put("tenant.daily", quotas.tenant().daily());
		all.put("tenant.monthly", quotas.tenant().monthly());
		all.forEach((name, value) -> {
			if (value != null && (value < 1 || value > MAX_QUOTA)) {
				throw new InvalidConfigurationPropertyValueException("mcp.remote.quota." + name, value,
						"It must be between 1 and " + MAX_QUOTA + ". Without a value there is no quota.");
			}
		});
	}

}
