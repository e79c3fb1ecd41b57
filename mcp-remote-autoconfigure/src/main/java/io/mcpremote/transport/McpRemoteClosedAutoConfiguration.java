// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.modelcontextprotocol.spec.McpServerTransportProviderBase;

import org.springframework.ai.mcp.server.common.autoconfigure.McpServerAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} that opens nothing where there is no web server, unless the
 * application asks for standard input and output.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = McpServerAutoConfiguration.class)
@ConditionalOnNotWebApplication
@ConditionalOnClass({ McpServerTransportProviderBase.class, McpServerAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = RemoteServer.ENABLED, matchIfMissing = true)
@ConditionalOnBooleanProperty(name = RemoteServer.SERVER_ENABLED, matchIfMissing = true)
@ConditionalOnBooleanProperty(name = RemoteServer.STDIO, havingValue = false, matchIfMissing = true)
public final class McpRemoteClosedAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(McpServerTransportProviderBase.class)
	ClosedTransportProvider mcpRemoteClosedTransportProvider() {
		return new ClosedTransportProvider();
	}

}
