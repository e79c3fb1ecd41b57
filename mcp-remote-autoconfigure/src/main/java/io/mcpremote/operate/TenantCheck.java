// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.mcpremote.call.StartupException;
import io.mcpremote.ratelimit.McpRemoteQuotaProperties;
import io.mcpremote.ratelimit.McpRemoteRateLimitProperties;
import io.mcpremote.wire.CallerResolver;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.util.StringUtils;

/**
 * Refuses to start with limits of tenants where no caller has a tenant, and which would
 * therefore limit nobody.
 */
final class TenantCheck {

	private static final String CLAIM = "mcp.remote.security.tenant-claim";

	private final McpRemoteRateLimitProperties limits;

	private final McpRemoteQuotaProperties quotas;

	private final ApplicationContext context;

	TenantCheck(McpRemoteRateLimitProperties limits, McpRemoteQuotaProperties quotas, ApplicationContext context) {
		this.limits = limits;
		this.quotas = quotas;
		this.context = context;
	}

	void run() {
		if (knowsTenants()) {
			return;
		}
		Map<String, @Nullable Object> all = new LinkedHashMap<>();
		all.put("mcp.remote.rate-limit.tenant", this.limits.tenant());
		all.put("mcp.remote.quota.tenant.daily", this.quotas.tenant().daily());
		all.put("mcp.remote.quota.tenant.monthly", this.quotas.tenant().monthly());
		all.forEach((name, value) -> {
			if (value != null) {
				throw new StartupException(
						name + " is " + value
								+ " and would limit nobody: nothing says which tenant a caller belongs to.",
						"Set " + CLAIM + " to the claim of tokens that names the tenant, or take " + name
								+ " away. An application that knows tenants by other means says so with a bean of type"
								+ " CallerResolver.");
			}
		});
	}

	/**
	 * Ours know of tenants by the claim alone, and step back for one of the
	 * application's.
	 */
	private boolean knowsTenants() {
		return StringUtils.hasText(this.context.getEnvironment().getProperty(CLAIM))
				|| Arrays.stream(this.context.getBeanNamesForType(CallerResolver.class))
					.noneMatch((name) -> name.startsWith("mcpRemote"));
	}

}
