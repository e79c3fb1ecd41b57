// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.mcpremote.cache.ResultKey.Audience;
import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.policy.CacheScope;

import org.springframework.context.i18n.LocaleContextHolder;

/**
 * Makes the keys of calls.
 */
final class ResultKeys {

	private static final Set<String> OF_TRANSPORT = Set.of("progressToken", "traceparent", "tracestate", "baggage");

	private final String version;

	private final CallerAuthorities authorities;

	/**
	 * Create an instance.
	 * @param version the version of the server
	 * @param authorities knows what callers may do
	 */
	ResultKeys(String version, CallerAuthorities authorities) {
		this.version = version;
		this.authorities = authorities;
	}

	/**
	 * Return the key of a call of a tool.
	 */
	ResultKey of(McpCall call, String tool, CacheScope scope) {
		return new ResultKey(tool, this.version, audience(call, scope), LocaleContextHolder.getLocale(),
				call.arguments(), meta(call));
	}

	private Audience audience(McpCall call, CacheScope scope) {
		Caller caller = call.caller();
		// Two issuers may have tenants of the same name
		String tenant = (caller.tenant() != null) ? caller.issuer() + " " + caller.tenant() : null;
		if (scope == CacheScope.SHARED) {
			return new Audience(tenant, null, null, null, Set.of());
		}
		return new Audience(tenant, caller.userKey(), caller.clientId(),
				(scope == CacheScope.SESSION) ? call.sessionId() : null, this.authorities.current());
	}

	/**
	 * Return the metadata that may mean something to a tool.
	 */
	private static Map<String, Object> meta(McpCall call) {
		if (!(call.params().get("_meta") instanceof Map<?, ?> all)) {
			return Map.of();
		}
		Map<String, Object> kept = null;
		for (Map.Entry<?, ?> entry : all.entrySet()) {
			String name = String.valueOf(entry.getKey());
			if (!isOfProtocol(name)) {
				kept = (kept != null) ? kept : new HashMap<>();
				kept.put(name, entry.getValue());
			}
		}
		return (kept != null) ? kept : Map.of();
	}

	private static boolean isOfProtocol(String name) {
		return name.startsWith("io.modelcontextprotocol/") || name.startsWith("io.mcpremote/")
				|| OF_TRANSPORT.contains(name);
	}

}
