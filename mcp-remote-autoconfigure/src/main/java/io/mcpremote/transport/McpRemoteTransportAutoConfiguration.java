// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Clock;
import java.util.List;

import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.InvocationChecks;
import io.mcpremote.notify.NotificationHub;
import io.mcpremote.wire.CallerResolver;
import io.mcpremote.wire.EndpointLocation;
import io.mcpremote.wire.JsonRpcWriter;
import io.mcpremote.wire.OutcomeWriter;
import io.mcpremote.wire.PrincipalCallerResolver;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpServerTransportProviderBase;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.mcp.customizer.McpAsyncServerCustomizer;
import org.springframework.ai.mcp.server.common.autoconfigure.McpServerAutoConfiguration;
import org.springframework.ai.mcp.server.common.autoconfigure.McpServerJsonMapperAutoConfiguration;
import org.springframework.ai.mcp.server.common.autoconfigure.annotations.McpServerAnnotationScannerAutoConfiguration.ServerMcpAnnotatedBeans;
import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerProperties;
import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerStreamableHttpProperties;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

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
@Import(EraConfiguration.class)
public final class McpRemoteTransportAutoConfiguration {

	@Bean
	TransportJson mcpRemoteJson(@Qualifier("mcpServerJsonMapper") JsonMapper serverMapper) {
		return TransportJson.of(serverMapper);
	}

	@Bean
	EndpointLocation mcpRemoteEndpointLocation(McpRemoteProperties properties, McpServerStreamableHttpProperties http,
			Environment environment) {
		PropertyChecks.check(properties);
		return new EndpointLocation(properties.publicUrl(), environment.getProperty("server.servlet.context-path", ""),
				http.getMcpEndpoint(), () -> environment.getProperty("local.server.port", Integer.class,
						environment.getProperty("server.port", Integer.class, 8080)));
	}

	@Bean
	NotificationHub mcpRemoteNotificationHub() {
		return new NotificationHub();
	}

	@Bean
	RemoteTransportProvider mcpRemoteTransportProvider(NotificationHub hub, ObjectProvider<McpSyncServer> sync,
			ObjectProvider<McpAsyncServer> async) {
		return new RemoteTransportProvider(hub, () -> {
			McpSyncServer server = sync.getIfAvailable();
			return (server != null) ? server.getAsyncServer() : async.getObject();
		});
	}

	@Bean
	@ConditionalOnMissingBean(CallerResolver.class)
	PrincipalCallerResolver mcpRemoteCallerResolver() {
		return new PrincipalCallerResolver();
	}

	@Bean
	@ConditionalOnMissingBean(UsedStates.class)
	InMemoryUsedStates mcpRemoteUsedStates() {
		return new InMemoryUsedStates(Clock.systemUTC());
	}

	@Bean
	ServletRegistrationBean<McpEndpoint> mcpRemoteEndpoint(McpRemoteProperties properties, EndpointLocation location,
			TransportJson json, CallerResolver callers, ObjectProvider<RequestHandlers> handlers) {
		PropertyChecks.check(properties);
		JsonRpcWriter writer = json.writer();
		McpEndpoint endpoint = new McpEndpoint(
				new OriginRules(properties.publicUrl(), properties.allowedOrigins(), properties.allowedHosts()),
				callers, new BoundedJsonReader(properties.message()), SingletonSupplier.of(handlers::getObject), writer,
				new OutcomeWriter(writer), (int) properties.message().maxSize().toBytes());
		// A servlet at the root and nowhere else is mapped to the empty string
		ServletRegistrationBean<McpEndpoint> registration = new ServletRegistrationBean<>(endpoint, location.path());
		registration.setName("mcpRemoteEndpoint");
		registration.setAsyncSupported(true);
		registration.setLoadOnStartup(1);
		return registration;
	}

	@Bean
	ServerCheck mcpRemoteServerCheck(RemoteTransportProvider provider, ServerCatalog catalog, CallPipeline pipeline,
			ListableBeanFactory beans, McpServerStreamableHttpProperties http) {
		return new ServerCheck(provider, catalog, pipeline, beans, http.getMcpEndpoint());
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
