// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mcpremote.call.ToolCatalog;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for what is checked of the results of tools, prompts and resources.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "io.mcpremote.transport.McpRemoteTransportAutoConfiguration")
@ConditionalOnBean(ToolCatalog.class)
@ConditionalOnBooleanProperty(name = "mcp.remote.output.enabled", matchIfMissing = true)
@EnableConfigurationProperties(McpRemoteOutputProperties.class)
public final class McpRemoteOutputAutoConfiguration {

	@Bean
	OutputGuard mcpRemoteOutputGuard(McpRemoteOutputProperties properties, ObjectProvider<OutputFilter> filters,
			@Qualifier("mcpServerJsonMapper") JsonMapper json) {
		OutputPropertyChecks.check(properties);
		// A null in structured content means something, as it does when it is sent
		JsonMapper writer = json.rebuild()
			.changeDefaultPropertyInclusion((inclusion) -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL,
					JsonInclude.Include.ALWAYS))
			.build();
		return new OutputGuard(properties, filters.orderedStream().toList(), writer);
	}

}
