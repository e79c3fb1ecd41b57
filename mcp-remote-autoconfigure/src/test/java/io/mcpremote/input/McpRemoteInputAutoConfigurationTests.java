// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import io.mcpremote.call.ArgumentGuard;
import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Arguments are checked wherever there is an endpoint.
 */
class McpRemoteInputAutoConfigurationTests {

	@Test
	void whenDefaultsThenArgumentsAreChecked() {
		TestRunners.servlet().run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SchemaGuard.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenSwitchedOffThenNoGuard(String property) {
		TestRunners.servletWithoutServer()
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ArgumentGuard.class));
	}

	@Test
	void whenNoWebApplicationThenNoGuard() {
		TestRunners.withoutWeb()
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ArgumentGuard.class));
	}

	@Test
	void whenOwnGuardThenItWins() {
		TestRunners.servlet()
			.withUserConfiguration(OwnGuard.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ArgumentGuard.class)
				.doesNotHaveBean(SchemaGuard.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnGuard {

		@Bean
		ArgumentGuard ownGuard() {
			return (call, context, next) -> next.proceed(call, context);
		}

	}

}
