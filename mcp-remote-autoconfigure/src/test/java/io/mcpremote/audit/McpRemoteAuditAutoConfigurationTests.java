// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;

import io.mcpremote.call.DrainStarted;
import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls are on record wherever there is an endpoint.
 */
class McpRemoteAuditAutoConfigurationTests {

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withConfiguration(AutoConfigurations.of(McpRemoteAuditAutoConfiguration.class));

	@Test
	void whenDefaultsThenLogged() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(AuditGuard.class)
				.hasSingleBean(ActionGuard.class)
				.hasSingleBean(LoggingAuditSink.class)
				.doesNotHaveBean(IntentGuard.class);
			assertThat(context.getBean(AuditTrail.class).isRunning()).isTrue();
		});
	}

	@Test
	void whenSwitchedOffThenNothing() {
		this.runner.withPropertyValues("mcp.remote.audit.enabled=false", "mcp.remote.audit.required=true")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(AuditGuard.class)
				.doesNotHaveBean(ActionGuard.class)
				.doesNotHaveBean(AuditTrail.class)
				.doesNotHaveBean(AuditSink.class)
				.doesNotHaveBean(McpRemoteAuditProperties.class)
				.doesNotHaveBean(McpRemoteAuditAutoConfiguration.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenNotRemoteThenNothing(String property) {
		TestRunners.servletWithoutServer()
			.withConfiguration(AutoConfigurations.of(McpRemoteAuditAutoConfiguration.class))
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AuditTrail.class));
	}

	@Test
	void whenSinksOfTheApplicationThenThoseToo() {
		this.runner.withUserConfiguration(Sinks.class)
			.withPropertyValues("mcp.remote.audit.required=true")
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(IntentGuard.class);
				assertThat(context.getBean(AuditTrail.class).states()).extracting(AuditTrail.State::sink)
					.containsExactlyInAnyOrder("", "logger", "one", "two");
				context.publishEvent(new DrainStarted(3));
				assertThat(context.getBean("one", RecordingSink.class).await(AuditEvent.Type.DRAIN, 1).get(0).details())
					.containsEntry("underWay", "3");
			});
	}

	@Test
	void whenLoggerIsOffThenOnlyTheOthers() {
		this.runner.withUserConfiguration(Sinks.class)
			.withPropertyValues("mcp.remote.audit.logger.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(LoggingAuditSink.class));
	}

	@Test
	void whenRequiredWithoutDurableSinkThenRefusesToStart() {
		this.runner.withPropertyValues("mcp.remote.audit.required=true")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("mcp.remote.audit.required");
					assertThat(ex.getReason()).contains("no audit sink that keeps events durably");
				}));
	}

	@Test
	void whenTwoSinksHaveOneNameThenRefusesToStart() {
		this.runner.withUserConfiguration(Sinks.class, Doubled.class)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("two audit sinks of the name 'one'"));
	}

	@ParameterizedTest
	@CsvSource({ "max-arguments, 10B", "max-arguments, 1MB", "queue-size, 0", "queue-size, 2000000",
			"queue-memory, 1023KB", "queue-memory, 5GB", "max-wait, 0s", "shutdown-timeout, -1s", "redact, a..b",
			"redact, '..'" })
	void whenValueIsInvalidThenRefusesToStart(String name, String value) {
		this.runner.withPropertyValues("mcp.remote.audit." + name + "=" + value)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo("mcp.remote.audit." + name)));
	}

	@Test
	void whenOverflowIsNotSaidThenCallsWaitOnlyIfAuditIsRequired() {
		McpRemoteAuditProperties optional = AuditTrailTests.properties(1, null, false);
		McpRemoteAuditProperties required = AuditTrailTests.properties(1, null, true);
		assertThat(List.of(optional.effectiveOverflow(), required.effectiveOverflow()))
			.containsExactly(McpRemoteAuditProperties.Overflow.DROP, McpRemoteAuditProperties.Overflow.BLOCK);
	}

	@Configuration(proxyBeanMethods = false)
	static class Sinks {

		@Bean
		RecordingSink one() {
			return new RecordingSink("one", true);
		}

		@Bean
		RecordingSink two() {
			return new RecordingSink("two", false);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Doubled {

		@Bean
		RecordingSink doubled() {
			return new RecordingSink("one", false);
		}

	}

}
