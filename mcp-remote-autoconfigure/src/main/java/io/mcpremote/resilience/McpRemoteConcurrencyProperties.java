// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of how many calls may run at once.
 *
 * @param enabled Whether it is bounded how many calls run at once, by this bound, by
 * those of tools and by Resilience4j's bulkheads.
 * @param perUser How many calls of tools, prompts and resources one user may have running
 * at once, whichever they are; 0 for any number.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.concurrency")
public record McpRemoteConcurrencyProperties(@DefaultValue("true") boolean enabled, @DefaultValue("32") int perUser) {

}
