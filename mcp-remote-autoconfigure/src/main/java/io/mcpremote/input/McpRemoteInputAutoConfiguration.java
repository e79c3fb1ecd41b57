// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import io.mcpremote.call.ArgumentGuard;
import io.mcpremote.call.ToolCatalog;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for what is checked of the arguments of tools.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "io.mcpremote.transport.McpRemoteTransportAutoConfiguration")
@ConditionalOnBean(ToolCatalog.class)
public final class McpRemoteInputAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(ArgumentGuard.class)
	SchemaGuard mcpRemoteSchemaGuard(ToolCatalog tools, @Qualifier("mcpServerJsonMapper") JsonMapper json) {
		return new SchemaGuard(tools, new InputSchemas(json));
	}

}
