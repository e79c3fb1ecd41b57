// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.wire.EndpointLocation;

/**
 * What the endpoint tells of itself as a protected resource.
 *
 * @param location where it is
 * @param properties what is configured
 * @param issuers who issues tokens for it, if nothing else is configured
 */
record ResourceMetadata(EndpointLocation location, McpRemoteSecurityProperties properties, List<String> issuers) {

	Map<String, Object> document() {
		Map<String, Object> document = new LinkedHashMap<>();
		document.put("resource", this.location.resource());
		Collection<String> servers = (this.properties.authorizationServers().isEmpty()) ? this.issuers
				: this.properties.authorizationServers();
		if (!servers.isEmpty()) {
			document.put("authorization_servers", servers);
		}
		if (!this.properties.baseScopes().isEmpty()) {
			document.put("scopes_supported", this.properties.baseScopes());
		}
		document.put("bearer_methods_supported", List.of("header"));
		if (this.properties.dpop().enabled()) {
			document.put("dpop_signing_alg_values_supported", this.properties.dpop().jwsAlgorithms());
			if (this.properties.dpop().required()) {
				document.put("dpop_bound_access_tokens_required", true);
			}
		}
		return document;
	}

}
