// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of results that are remembered.
 *
 * @param enabled Whether results are remembered of tools whose policy says so.
 * @param maxSize How much memory all remembered results may take together.
 * @param maxEntrySize How much memory one of them may take. Larger ones are not
 * remembered.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.cache")
public record McpRemoteCacheProperties(@DefaultValue("true") boolean enabled, @DefaultValue("16MB") DataSize maxSize,
		@DefaultValue("1MB") DataSize maxEntrySize) {

}
