// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.List;

import io.github.bucket4j.Bucket;
import io.mcpremote.call.StartupException;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls are limited wherever there is an endpoint, unless somebody says otherwise.
 */
class McpRemoteRateLimitAutoConfigurationTests {

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withConfiguration(AutoConfigurations.of(McpRemoteRateLimitAutoConfiguration.class));

	@Test
	void whenDefaultsThenLimited() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(CallerLimitGuard.class)
				.hasSingleBean(ToolLimitGuard.class)
				.hasSingleBean(InMemoryLimitStore.class);
			CallerRates rates = CallerRates.of(context.getBean(McpRemoteRateLimitProperties.class));
			assertThat(rates.session()).hasToString("60/1m");
			assertThat(rates.user()).hasToString("300/1m");
		});
	}

	@Test
	void whenPresetThenItsLimitsUnlessSet() {
		this.runner.withPropertyValues("mcp.remote.rate-limit.preset=public-docs", "mcp.remote.rate-limit.address=7/1m")
			.run((context) -> {
				CallerRates rates = CallerRates.of(context.getBean(McpRemoteRateLimitProperties.class));
				assertThat(rates.session()).isNull();
				assertThat(rates.user()).hasToString("40/1h");
				assertThat(rates.apiKey()).hasToString("60/1m");
				assertThat(rates.address()).hasToString("7/1m");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenSwitchedOffThenNoGuard(String property) {
		TestRunners.servletWithoutServer()
			.withConfiguration(AutoConfigurations.of(McpRemoteRateLimitAutoConfiguration.class))
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(CallerLimitGuard.class)
				.doesNotHaveBean(LimitStore.class));
	}

	@Test
	void whenLimitsAreSwitchedOffThenNoGuard() {
		this.runner.withPropertyValues("mcp.remote.rate-limit.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(CallerLimitGuard.class)
				.doesNotHaveBean(ToolLimitGuard.class));
	}

	@Test
	void whenNoBucketsThenRefusesToStart() {
		this.runner.withClassLoader(new FilteredClassLoader(Bucket.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(StartupException.class)
				.hasMessageContaining("cannot limit what callers may ask for"));
	}

	@Test
	void whenOwnStoreThenItWins() {
		this.runner.withUserConfiguration(OwnStore.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LimitStore.class)
				.doesNotHaveBean(InMemoryLimitStore.class));
	}

	@ParameterizedTest
	@CsvSource({ "mcp.remote.rate-limit.user, 5/banana", "mcp.remote.rate-limit.session, many",
			"mcp.remote.rate-limit.max-entries, 0", "mcp.remote.quota.user.daily, 0",
			"mcp.remote.quota.user.daily, 1000000000001", "mcp.remote.quota.zone, Mars" })
	void whenValueCannotBeUsedThenSaysWhich(String name, String value) {
		this.runner.withPropertyValues(name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.satisfies(
						(failure) -> assertThat(failure).hasStackTraceContaining(name).hasStackTraceContaining(value)));
	}

	@Test
	void whenToolCostsMoreThanAnybodyMayAskForThenFails() {
		this.runner.withUserConfiguration(Dear.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(StartupException.class)
				.hasMessageContaining("'dear'")
				.hasMessageContaining("61")
				.hasMessageContaining("60"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "rate-limit.tenant=60/1m", "quota.user.daily=60", "quota.user.monthly=60",
			"quota.tenant.daily=60", "quota.tenant.monthly=60" })
	void whenToolCostsMoreThanATenantOrQuotaAllowsThenFails(String property) {
		WebApplicationContextRunner able = this.runner.withUserConfiguration(Dear.class)
			.withPropertyValues("mcp.remote.rate-limit.session=100/1m", "mcp.remote.rate-limit.address=1/1m",
					"mcp.remote.security.tenant-claim=org");
		able.withPropertyValues("mcp.remote." + property)
			.run((context) -> assertThat(context).getFailure().isInstanceOfSatisfying(StartupException.class, (ex) -> {
				assertThat(ex).hasMessageContaining("'dear' costs 61").hasMessageContaining("allow 60");
				assertThat(ex.action()).contains("mcp.remote.quota");
			}));
		able.withPropertyValues("mcp.remote." + property.replace("60", "61"))
			.run((context) -> assertThat(context).hasNotFailed());
		able.withPropertyValues("mcp.remote." + property, "mcp.remote.tools.dear.access=public",
				"mcp.remote.rate-limit.address=61/1m")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenSomebodyMayAskForThatMuchThenStarts() {
		this.runner.withUserConfiguration(Dear.class)
			.withPropertyValues("mcp.remote.rate-limit.session=100/1m", "mcp.remote.rate-limit.address=1/1m")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStore {

		@Bean
		LimitStore ownStore() {
			return new LimitStore() {

				@Override
				public List<LimitState> take(List<Limit> limits) {
					return List.of();
				}

				@Override
				public void giveBack(List<Limit> limits) {
				}

			};
		}

	}

	static class Dear {

		@McpTool(name = "dear", description = "Costs too much")
		@ToolPolicy(cost = 61)
		String dear() {
			return "";
		}

	}

}
