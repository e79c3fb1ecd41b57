// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Clock;
import java.util.List;

import io.mcpremote.call.InvocationChecks;
import io.mcpremote.wire.CallerResolver;
import io.mcpremote.wire.PrincipalCallerResolver;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpServerTransportProviderBase;

import org.springframework.ai.mcp.customizer.McpAsyncServerCustomizer;
import org.springframework.ai.mcp.server.common.autoconfigure.McpServerAutoConfiguration;
import org.springframework.ai.mcp.server.common.autoconfigure.McpServerJsonMapperAutoConfiguration;
import org.springframework.ai.mcp.server.common.autoconfigure.annotations.McpServerAnnotationScannerAutoConfiguration.ServerMcpAnnotatedBeans;
import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerProperties;
import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerStreamableHttpProperties;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
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
@Import({ EndpointConfiguration.class, EraConfiguration.class })
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
	ServerCheck mcpRemoteServerCheck(RemoteTransportProvider provider, ServerCatalog catalog, ListableBeanFactory beans,
			McpServerStreamableHttpProperties http) {
		return new ServerCheck(provider, catalog, beans, http.getMcpEndpoint());
	}

	@Bean
	static ToolSpecificationPostProcessor mcpRemoteToolSpecificationPostProcessor(
			ObjectProvider<ServerMcpAnnotatedBeans> beans, ObjectProvider<McpServerProperties> properties,
			ObjectProvider<InvocationChecks> checks) {
		return new ToolSpecificationPostProcessor(beans, properties, checks);
	}

	@Bean
	static ServerTuning mcpRemoteServerTuning(ObjectProvider<ListableBeanFactory> beans) {
		return new ServerTuning(beans);
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

	@Bean
	static LazyInitializationExcludeFilter mcpRemoteEagerBeans() {
		// Created lazily, the server would be built before its tools are known
		return (name, definition, type) -> AnnotatedMethods.in(type)
				|| List.of("mcpSyncServer", "mcpAsyncServer").contains(name)
				|| type.getPackageName().startsWith("io.mcpremote");
	}

}
