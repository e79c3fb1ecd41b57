// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Sessions are off, in memory and bounded unless told otherwise.
 */
class McpRemoteSessionAutoConfigurationTests {

	private static final String ENABLED = "mcp.remote.sessions.enabled=true";

	private final WebApplicationContextRunner contextRunner = TestRunners.servlet();

	@Test
	void whenDefaultsThenOff() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(Sessions.class)
			.doesNotHaveBean(SessionStore.class));
	}

	@Test
	void whenEnabledThenInMemoryAndBounded() {
		this.contextRunner.withPropertyValues(ENABLED).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(Sessions.class).hasSingleBean(InMemorySessionStore.class);
			McpRemoteSessionProperties properties = context.getBean(McpRemoteSessionProperties.class);
			assertThat(properties.required()).isFalse();
			assertThat(properties.idleTimeout()).hasMinutes(30);
			assertThat(properties.maxTotal()).isEqualTo(10_000);
			assertThat(properties.maxPerOwner()).isEqualTo(100);
			assertThat(properties.replaySize()).isEqualTo(DataSize.ofKilobytes(256));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenSwitchedOffThenNoSessions(String property) {
		TestRunners.servletWithoutServer()
			.withPropertyValues(property, ENABLED, "mcp.remote.sessions.max-total=0")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(Sessions.class)
				.doesNotHaveBean(SessionStore.class));
	}

	@Test
	void whenNoWebApplicationThenNoSessions() {
		TestRunners.withoutWeb()
			.withPropertyValues(ENABLED)
			.run((context) -> assertThat(context).doesNotHaveBean(Sessions.class).doesNotHaveBean(SessionStore.class));
	}

	@Test
	void whenOwnStoreThenItWins() {
		this.contextRunner.withUserConfiguration(OwnStore.class)
			.withPropertyValues(ENABLED)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SessionStore.class)
				.doesNotHaveBean(InMemorySessionStore.class));
	}

	@ParameterizedTest
	@CsvSource({ "idle-timeout, 0s", "idle-timeout, -1s", "max-total, 0", "max-per-owner, 0", "max-subscriptions, 0",
			"replay-events, 0", "replay-size, -1B" })
	void whenValueCannotWorkThenSaysWhichProperty(String name, String value) {
		this.contextRunner.withPropertyValues(ENABLED, "mcp.remote.sessions." + name + "=" + value)
			.run((context) -> assertRefused(context, name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "replay-size=0B", "idle-timeout=1ms", "idle-timeout=1ns", "max-total=1" })
	void whenValueIsAtItsBoundThenStarts(String property) {
		this.contextRunner.withPropertyValues(ENABLED, "mcp.remote.sessions." + property)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenRequiredAndEnabledThenStarts() {
		this.contextRunner.withPropertyValues("mcp.remote.sessions.required=true", "mcp.remote.sessions.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenRequiredAndNotEnabledThenSaysWhichProperty() {
		this.contextRunner.withPropertyValues("mcp.remote.sessions.required=true")
			.run((context) -> assertRefused(context, "required"));
	}

	private static void assertRefused(AssertableWebApplicationContext context, String name) {
		assertThat(context).hasFailed()
			.getFailure()
			.rootCause()
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
				assertThat(ex.getName()).isEqualTo("mcp.remote.sessions." + name);
				assertThat(ex.getReason()).endsWith(".");
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStore {

		@Bean
		SessionStore ownStore() {
			return mock(SessionStore.class);
		}

	}

}
