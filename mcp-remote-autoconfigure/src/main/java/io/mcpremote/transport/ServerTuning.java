// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.ArgumentGuard;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpSyncServer;

import org.springframework.ai.mcp.customizer.McpAsyncServerCustomizer;
import org.springframework.ai.mcp.customizer.McpSyncServerCustomizer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Tells the server what it need not do because this project does it. Spring AI asks one
 * customizer only, so this stands in front of the one there is, which has the last word.
 */
final class ServerTuning implements BeanPostProcessor {

	private final ToolSchemas schemas = new ToolSchemas();

	private final ObjectProvider<ListableBeanFactory> beans;

	ServerTuning(ObjectProvider<ListableBeanFactory> beans) {
		this.beans = beans;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof McpSyncServerCustomizer customizer) {
			return (McpSyncServerCustomizer) (server) -> customizer.customize(server.jsonMapper(mapper())
				.validateToolInputs(!isGuarded())
				.jsonSchemaValidator(this.schemas)
				// Tools run on the thread of their call, where their caller is known
				.immediateExecution(true));
		}
		if (bean instanceof McpAsyncServerCustomizer customizer) {
			return (McpAsyncServerCustomizer) (server) -> customizer.customize(
					server.jsonMapper(mapper()).validateToolInputs(!isGuarded()).jsonSchemaValidator(this.schemas));
		}
		if (bean instanceof McpSyncServer || bean instanceof McpAsyncServer) {
			this.schemas.built();
		}
		return bean;
	}

	private boolean isGuarded() {
		// Only asked for by type: a guard may need the server that is being built
		return this.beans.getObject().getBeanNamesForType(ArgumentGuard.class, true, false).length > 0;
	}

	private static McpJsonMapper mapper() {
		return new DirectJsonMapper(McpJsonDefaults.getMapper());
	}

}
