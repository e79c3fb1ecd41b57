// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities.ResourceCapabilities;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.mcp.customizer.McpAsyncServerCustomizer;
import org.springframework.ai.mcp.customizer.McpSyncServerCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Has the SDK's server announce updates of resources, which Spring AI switches off. There
 * may be only one customizer, so this one hides behind it.
 */
final class ServerCustomizerPostProcessor implements BeanPostProcessor {

	private final ObjectProvider<ServerCapabilities.Builder> capabilities;

	ServerCustomizerPostProcessor(ObjectProvider<ServerCapabilities.Builder> capabilities) {
		this.capabilities = capabilities;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof McpSyncServerCustomizer customizer) {
			return (McpSyncServerCustomizer) (server) -> {
				server.capabilities(withSubscriptions());
				customizer.customize(server);
			};
		}
		if (bean instanceof McpAsyncServerCustomizer customizer) {
			return (McpAsyncServerCustomizer) (server) -> {
				server.capabilities(withSubscriptions());
				customizer.customize(server);
			};
		}
		return bean;
	}

	private ServerCapabilities withSubscriptions() {
		ServerCapabilities built = this.capabilities.getObject().build();
		@Nullable ResourceCapabilities resources = built.resources();
		return (resources != null) ? built.mutate().resources(true, resources.listChanged()).build() : built;
	}

}
