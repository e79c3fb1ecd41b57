// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import io.mcpremote.output.McpRemoteOutputProperties.Handling;
import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Results are looked at wherever there is an endpoint, unless somebody says otherwise.
 */
class McpRemoteOutputAutoConfigurationTests {

	private static final AutoConfigurations OUTPUT = AutoConfigurations.of(McpRemoteOutputAutoConfiguration.class);

	private final WebApplicationContextRunner runner = TestRunners.servlet().withConfiguration(OUTPUT);

	@Test
	void whenDefaultsThenBoundedAndStripped() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(OutputGuard.class);
			McpRemoteOutputProperties properties = context.getBean(McpRemoteOutputProperties.class);
			assertThat(properties.maxSize()).isEqualTo(DataSize.ofMegabytes(1));
			assertThat(properties.invisibleCharacters()).isEqualTo(Handling.STRIP);
		});
	}

	@Test
	void whenSwitchedOffThenNoGuard() {
		this.runner.withPropertyValues("mcp.remote.output.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OutputGuard.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenNoEndpointThenNoGuard(String property) {
		TestRunners.servletWithoutServer()
			.withConfiguration(OUTPUT)
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OutputGuard.class));
	}

	@ParameterizedTest
	@CsvSource({ "max-size, 100B", "max-size, much", "invisible-characters, sometimes" })
	void whenValueCannotBeUsedThenSaysWhich(String name, String value) {
		this.runner.withPropertyValues("mcp.remote.output." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(failure).hasStackTraceContaining("mcp.remote.output." + name)
					.hasStackTraceContaining(value)));
	}

}
