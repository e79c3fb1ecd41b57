// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of tools that ask before they run.
 *
 * @param enabled Whether users are asked before tools run that want to be confirmed. If
 * not, these tools run without asking.
 * @param inputTimeout Time a user has to answer, within the time to live of the state
 * that travels through clients.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.confirm")
public record McpRemoteConfirmProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("5m") Duration inputTimeout) {

}
