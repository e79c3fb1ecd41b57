// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.notify.NotificationHub;
import io.mcpremote.wire.CallerResolver;
import io.mcpremote.wire.EndpointLocation;
import io.mcpremote.wire.JsonRpcWriter;
import io.mcpremote.wire.OutcomeWriter;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpSyncServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerStreamableHttpProperties;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * Configures the endpoint and what Spring AI builds its server on. None of it depends on
 * conditions, so that Spring need not keep what it knows of a method for each of these
 * beans.
 */
final class EndpointConfiguration extends SuppliedBeans {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		add(registry, "mcpRemoteJson", TransportJson.class);
		add(registry, "mcpRemoteEndpointLocation", EndpointLocation.class);
		add(registry, "mcpRemoteNotificationHub", NotificationHub.class);
		add(registry, "mcpRemoteTransportProvider", RemoteTransportProvider.class);
		// Not every dependency of it can be asked for as a bean
		registry.registerBean("mcpRemoteRefusalEvents", RefusalEvents.class);
		add(registry, "mcpRemoteEndpoint", ServletRegistrationBean.class);
	}

	@Override
	Object make(String name, SupplierContext context) {
		return switch (name) {
			case "mcpRemoteJson" -> json(context);
			case "mcpRemoteEndpointLocation" -> location(context);
			case "mcpRemoteNotificationHub" -> new NotificationHub();
			case "mcpRemoteTransportProvider" -> provider(context);
			case "mcpRemoteEndpoint" -> endpoint(context);
			default -> throw unknown(name);
		};
	}

	private TransportJson json(SupplierContext context) {
		return TransportJson.of(context.bean("mcpServerJsonMapper", JsonMapper.class));
	}

	private static EndpointLocation location(SupplierContext context) {
		Environment environment = context.bean(Environment.class);
		McpRemoteProperties properties = context.bean(McpRemoteProperties.class);
		PropertyChecks.check(properties);
		PropertyChecks.checkSessions(environment);
		return new EndpointLocation(properties.publicUrl(), environment.getProperty("server.servlet.context-path", ""),
				path(context), () -> environment.getProperty("local.server.port", Integer.class,
						environment.getProperty("server.port", Integer.class, 8080)));
	}

	private static String path(SupplierContext context) {
		return context.bean(McpServerStreamableHttpProperties.class).getMcpEndpoint();
	}

	private RemoteTransportProvider provider(SupplierContext context) {
		ObjectProvider<McpSyncServer> sync = context.beanProvider(McpSyncServer.class);
		ObjectProvider<McpAsyncServer> async = context.beanProvider(McpAsyncServer.class);
		return new RemoteTransportProvider(context.bean(NotificationHub.class), () -> {
			McpSyncServer server = sync.getIfAvailable();
			return (server != null) ? server.getAsyncServer() : async.getObject();
		});
	}

	private ServletRegistrationBean<McpEndpoint> endpoint(SupplierContext context) {
		McpRemoteProperties properties = context.bean(McpRemoteProperties.class);
		PropertyChecks.check(properties);
		JsonRpcWriter writer = context.bean(TransportJson.class).writer();
		ObjectProvider<RequestHandlers> handlers = context.beanProvider(RequestHandlers.class);
		McpEndpoint endpoint = new McpEndpoint(
				new OriginRules(properties.publicUrl(), properties.allowedOrigins(), properties.allowedHosts()),
				context.bean(CallerResolver.class), new BoundedJsonReader(properties.message()),
				SingletonSupplier.of(handlers::getObject), writer, new OutcomeWriter(writer),
				context.bean(RefusalEvents.class), (int) properties.message().maxSize().toBytes());
		// A servlet at the root and nowhere else is mapped to the empty string
		ServletRegistrationBean<McpEndpoint> registration = new ServletRegistrationBean<>(endpoint,
				context.bean(EndpointLocation.class).path());
		registration.setName("mcpRemoteEndpoint");
		registration.setAsyncSupported(true);
		registration.setLoadOnStartup(1);
		return registration;
	}

}
