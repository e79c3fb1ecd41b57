// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls have a deadline wherever there is an endpoint, unless somebody says otherwise.
 */
class McpRemoteDeadlineAutoConfigurationTests {

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withConfiguration(AutoConfigurations.of(McpRemoteDeadlineAutoConfiguration.class));

	@Test
	void whenDefaultsThenDeadlines() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(DeadlineGuard.class);
			assertThat(context.getBean(McpRemoteDeadlineProperties.class))
				.isEqualTo(new McpRemoteDeadlineProperties(true, 50));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenNoEndpointThenNoGuard(String property) {
		TestRunners.servletWithoutServer()
			.withConfiguration(AutoConfigurations.of(McpRemoteDeadlineAutoConfiguration.class))
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DeadlineGuard.class));
	}

	@ParameterizedTest
	@CsvSource({ "mcp.remote.deadline.max-abandoned, 0", "mcp.remote.tool-defaults.timeout, 5 bananas" })
	void whenValueCannotBeUsedThenSaysWhich(String name, String value) {
		this.runner.withPropertyValues(name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.satisfies(
						(failure) -> assertThat(failure).hasStackTraceContaining(name).hasStackTraceContaining(value)));
	}

}
