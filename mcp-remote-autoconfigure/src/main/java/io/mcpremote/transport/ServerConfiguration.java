// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;

import io.mcpremote.call.InvocationChecks;

import org.springframework.ai.mcp.server.common.autoconfigure.annotations.McpServerAnnotationScannerAutoConfiguration.ServerMcpAnnotatedBeans;
import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerProperties;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.core.env.Environment;

/**
 * Has Spring AI build the server that we need, and makes sure that it has. None of it
 * depends on conditions, so that Spring need not keep what it knows of a method for each
 * of these beans.
 */
final class ServerConfiguration extends SuppliedBeans {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		add(registry, "mcpRemoteToolSpecificationPostProcessor", ToolSpecificationPostProcessor.class);
		add(registry, "mcpRemoteEagerBeans", LazyInitializationExcludeFilter.class);
		// Not every dependency of these can be asked for as a bean
		registry.registerBean("mcpRemoteServerTuning", ServerTuning.class);
		registry.registerBean("mcpRemoteServerCheck", ServerCheck.class);
	}

	@Override
	Object make(String name, SupplierContext context) {
		return switch (name) {
			case "mcpRemoteToolSpecificationPostProcessor" ->
				new ToolSpecificationPostProcessor(context.beanProvider(ServerMcpAnnotatedBeans.class),
						context.beanProvider(McpServerProperties.class), context.beanProvider(InvocationChecks.class));
			case "mcpRemoteEagerBeans" -> eagerBeans();
			default -> throw unknown(name);
		};
	}

	private static LazyInitializationExcludeFilter eagerBeans() {
		// Created lazily, the server would be built before its tools are known
		return (name, definition, type) -> AnnotatedMethods.in(type)
				|| List.of("mcpSyncServer", "mcpAsyncServer").contains(name)
				|| type.getPackageName().startsWith("io.mcpremote");
	}

}
