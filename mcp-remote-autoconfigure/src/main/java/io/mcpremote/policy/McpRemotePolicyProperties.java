// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of policies.
 *
 * @param requirePolicy Whether the application refuses to start when a tool is neither
 * public nor asks for a scope or a role. Such a tool that is added later is hidden.
 * @param toolDefaults What applies to tools that do not say otherwise.
 * @param tools What applies to single tools, by name. Wins over annotations.
 * @param prompts What applies to single prompts, by name. Wins over annotations.
 * @param resources What applies to resources and templates, by URI or pattern, in which
 * an asterisk stands for part of a segment and two of them for anything. Wins over
 * annotations.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote")
public record McpRemotePolicyProperties(@DefaultValue("false") boolean requirePolicy,
		@Nullable @NestedConfigurationProperty PolicySettings toolDefaults,
		@DefaultValue Map<String, PolicySettings> tools, @DefaultValue Map<String, PolicySettings> prompts,
		@DefaultValue Map<String, PolicySettings> resources) {

}
