// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of tools that come and go.
 *
 * @param enabled Whether deprecated tools are marked in lists, and refused from the day
 * of their removal on.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.lifecycle")
public record McpRemoteLifecycleProperties(@DefaultValue("true") boolean enabled) {

}
