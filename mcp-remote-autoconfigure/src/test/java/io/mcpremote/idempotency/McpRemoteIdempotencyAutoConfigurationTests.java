// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import java.time.Clock;

import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls can be made again wherever there is an endpoint.
 */
class McpRemoteIdempotencyAutoConfigurationTests {

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withConfiguration(AutoConfigurations.of(McpRemoteIdempotencyAutoConfiguration.class));

	@Test
	void whenDefaultsThenGuardAndStoreInMemory() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(IdempotencyGuard.class)
			.hasSingleBean(InMemoryIdempotencyStore.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenNotRemoteThenNothing(String property) {
		TestRunners.servletWithoutServer()
			.withConfiguration(AutoConfigurations.of(McpRemoteIdempotencyAutoConfiguration.class))
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(IdempotencyGuard.class));
	}

	@Test
	void whenSwitchedOffThenNothing() {
		this.runner.withPropertyValues("mcp.remote.idempotency.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(IdempotencyGuard.class)
				.doesNotHaveBean(IdempotencyStore.class));
	}

	@Test
	void whenOwnStoreThenItWins() {
		this.runner.withUserConfiguration(OwnStore.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(IdempotencyStore.class)
				.doesNotHaveBean("mcpRemoteIdempotencyStore"));
	}

	@ParameterizedTest
	@CsvSource({ "window, soon", "window, 0s", "window, 25h", "max-size, lots", "max-size, 8KB", "max-entry-size, 1KB",
			"max-entry-size, 2GB" })
	void whenValueCannotBeUsedThenSaysWhich(String name, String value) {
		this.runner.withPropertyValues("mcp.remote.idempotency." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(failure).hasStackTraceContaining("mcp.remote.idempotency." + name)));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStore {

		@Bean
		IdempotencyStore ownStore() {
			return new InMemoryIdempotencyStore(1000, 1000, Clock.systemUTC());
		}

	}

}
