// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.McpServerTransportProviderBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.server.common.autoconfigure.McpServerAutoConfiguration;
import org.springframework.ai.mcp.server.common.autoconfigure.McpServerJsonMapperAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Nothing is opened that nobody has asked for.
 */
class McpRemoteClosedAutoConfigurationTests {

	private static final AutoConfigurations CLOSED = AutoConfigurations.of(McpRemoteClosedAutoConfiguration.class);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(CLOSED);

	@Test
	void whenNoWebServerThenServerWithoutConnection() {
		this.contextRunner
			.withConfiguration(
					AutoConfigurations.of(McpServerJsonMapperAutoConfiguration.class, McpServerAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(McpSyncServer.class);
				assertThat(context.getBean(McpServerTransportProviderBase.class))
					.isInstanceOf(ClosedTransportProvider.class);
				// Tells nobody, and fails nowhere
				context.getBean(McpSyncServer.class).notifyToolsListChanged();
			});
	}

	@Test
	void whenTransportOfApplicationThenBacksOff() {
		McpServerTransportProvider own = mock(McpServerTransportProvider.class);
		this.contextRunner.withBean(McpServerTransportProvider.class, () -> own)
			.run((context) -> assertThat(context.getBean(McpServerTransportProviderBase.class)).isSameAs(own));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenSwitchedThenLeftToSpringAi(String property) {
		this.contextRunner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(McpServerTransportProviderBase.class));
	}

	@Test
	void whenWebServerThenNotThere() {
		new WebApplicationContextRunner().withConfiguration(CLOSED)
			.run((context) -> assertThat(context).doesNotHaveBean(McpServerTransportProviderBase.class));
	}

	@Test
	void whenClassIsMissingThenNotThere() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(McpServerAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(McpRemoteClosedAutoConfiguration.class));
	}

}
