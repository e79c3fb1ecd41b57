// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Clock;

import io.mcpremote.wire.CallerResolver;
import io.mcpremote.wire.PrincipalCallerResolver;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpServerTransportProviderBase;

import org.springframework.ai.mcp.customizer.McpAsyncServerCustomizer;
import org.springframework.ai.mcp.server.common.autoconfigure.McpServerAutoConfiguration;
import org.springframework.ai.mcp.server.common.autoconfigure.McpServerJsonMapperAutoConfiguration;
import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerStreamableHttpProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the remote MCP endpoint.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = McpServerAutoConfiguration.class, after = McpServerJsonMapperAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({ McpServerTransportProviderBase.class, McpServerAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = RemoteServer.ENABLED, matchIfMissing = true)
@ConditionalOnBooleanProperty(name = RemoteServer.SERVER_ENABLED, matchIfMissing = true)
@ConditionalOnBooleanProperty(name = RemoteServer.STDIO, havingValue = false, matchIfMissing = true)
@EnableConfigurationProperties({ McpRemoteProperties.class, McpServerStreamableHttpProperties.class })
@Import({ ServerConfiguration.class, EndpointConfiguration.class, EraConfiguration.class })
public final class McpRemoteTransportAutoConfiguration {

	private final Clock clock = Clock.systemUTC();

	@Bean
	@ConditionalOnMissingBean(CallerResolver.class)
	PrincipalCallerResolver mcpRemoteCallerResolver() {
		return new PrincipalCallerResolver();
	}

	@Bean
	@ConditionalOnMissingBean(UsedStates.class)
	InMemoryUsedStates mcpRemoteUsedStates() {
		return new InMemoryUsedStates(this.clock);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnProperty(name = "spring.ai.mcp.server.type", havingValue = "ASYNC")
	McpAsyncServerCustomizer mcpRemoteAsyncServerCustomizer() {
		return (server) -> {
			// For the tuning, which needs one to stand in front of
		};
	}

	@Bean
	@ConditionalOnMissingBean
	ServerCapabilities.Builder mcpRemoteCapabilitiesBuilder() {
		return new SubscribableCapabilities();
	}

}
