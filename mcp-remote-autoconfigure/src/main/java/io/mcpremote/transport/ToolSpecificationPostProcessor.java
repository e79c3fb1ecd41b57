// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;

import io.mcpremote.call.InvocationChecks;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.server.common.autoconfigure.ToolCallbackConverterAutoConfiguration;
import org.springframework.ai.mcp.server.common.autoconfigure.annotations.McpServerAnnotationScannerAutoConfiguration.ServerMcpAnnotatedBeans;
import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Puts {@link RawToolSpecifications} in the place of the ones that Spring AI makes of
 * annotated methods, and has {@link RawToolCallbacks} make those of tool callbacks.
 */
final class ToolSpecificationPostProcessor implements BeanPostProcessor {

	/**
	 * The name Spring AI gives to the bean.
	 */
	static final String BEAN_NAME = "toolSpecs";

	private final ObjectProvider<ServerMcpAnnotatedBeans> beans;

	private final ObjectProvider<McpServerProperties> properties;

	private final ObjectProvider<InvocationChecks> checks;

	ToolSpecificationPostProcessor(ObjectProvider<ServerMcpAnnotatedBeans> beans,
			ObjectProvider<McpServerProperties> properties, ObjectProvider<InvocationChecks> checks) {
		this.beans = beans;
		this.properties = properties;
		this.checks = checks;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean.getClass() == ToolCallbackConverterAutoConfiguration.class) {
			return new RawToolCallbacks();
		}
		if (!BEAN_NAME.equals(beanName) || !(bean instanceof List<?> made) || !isOfTools(made)) {
			return bean;
		}
		RawToolSpecifications raw = new RawToolSpecifications(
				this.beans.getObject().getBeansByAnnotation(McpTool.class),
				this.checks.getIfAvailable(() -> (type, method) -> null));
		boolean async = this.properties.getObject().getType() == McpServerProperties.ApiType.ASYNC;
		return (async) ? raw.async() : raw.sync();
	}

	private static boolean isOfTools(List<?> made) {
		return made.stream()
			.allMatch((item) -> item instanceof SyncToolSpecification || item instanceof AsyncToolSpecification);
	}

}
