// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of what can be seen of calls from outside.
 *
 * @param enabled Whether calls are observed: metrics, traces and what log lines say of
 * them.
 * @param logKeys Comma-separated list of what log lines say of the call they belong to.
 * Empty for nothing.
 * @param trustSampling Whether clients decide by their trace context which of their calls
 * are traced.
 * @param maxNames How many tools, prompts and resources, of each kind, get a name of
 * their own in metrics in the life of the application.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.observe")
public record McpRemoteObserveProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("call-id,method,tool,subject") Set<LogKey> logKeys, @DefaultValue("false") boolean trustSampling,
		@DefaultValue("1000") int maxNames) {

}
