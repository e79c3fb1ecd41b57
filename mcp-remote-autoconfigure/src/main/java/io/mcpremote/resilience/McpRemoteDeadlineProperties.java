// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of how long calls may take.
 *
 * @param enabled Whether clients are answered when a call takes longer than its policy
 * allows.
 * @param maxAbandoned How many calls may go on after their clients have been answered
 * before no further ones are begun and the application says that it is broken.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.deadline")
public record McpRemoteDeadlineProperties(@DefaultValue("true") boolean enabled, @DefaultValue("50") int maxAbandoned) {

}
