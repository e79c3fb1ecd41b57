// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of authorization.
 *
 * @param deniedTools Whether tools whose scopes a caller lacks are listed and answered
 * with a challenge, or hidden. The same goes for prompts and resources.
 * @param scopeHierarchy Comma-separated list of rules by which scopes include others.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.security")
public record McpRemoteAuthorizationProperties(@DefaultValue("challenge") DeniedTools deniedTools,
		@DefaultValue List<String> scopeHierarchy) {

}
