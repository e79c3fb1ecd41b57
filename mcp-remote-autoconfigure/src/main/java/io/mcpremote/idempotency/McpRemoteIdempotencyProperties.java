// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of calls that are made again and must not be done twice.
 *
 * @param enabled Whether repeated calls are answered with the result of the first, where
 * their tool or their client wants that.
 * @param clientKeys Whether clients may ask for that themselves, by a key in the metadata
 * of a call.
 * @param window For how long a call is remembered after it has come to its end.
 * @param maxSize How much memory the results of all remembered calls may take together.
 * @param maxEntrySize How much memory one of them may take. Of a larger one is only
 * remembered that the call was made.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.idempotency")
public record McpRemoteIdempotencyProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("true") boolean clientKeys, @DefaultValue("10m") Duration window,
		@DefaultValue("16MB") DataSize maxSize, @DefaultValue("256KB") DataSize maxEntrySize) {

}
