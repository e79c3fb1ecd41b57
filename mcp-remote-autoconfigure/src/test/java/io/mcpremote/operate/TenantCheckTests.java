// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import io.mcpremote.call.Caller;
import io.mcpremote.call.StartupException;
import io.mcpremote.ratelimit.McpRemoteRateLimitAutoConfiguration;
import io.mcpremote.test.TestRunners;
import io.mcpremote.wire.CallerResolver;
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
 * Limits of tenants limit somebody, or the application does not start.
 */
class TenantCheckTests {

	private static final String LIMIT = "mcp.remote.rate-limit.tenant=5000/1m";

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withConfiguration(AutoConfigurations.of(McpRemoteRateLimitAutoConfiguration.class));

	@ParameterizedTest
	@CsvSource({ "mcp.remote.rate-limit.tenant, 5000/1m", "mcp.remote.quota.tenant.daily, 7000",
			"mcp.remote.quota.tenant.monthly, 90000" })
	void whenNobodyHasATenantThenFailsAndSaysWhich(String name, String value) {
		this.runner.withPropertyValues(name + "=" + value)
			.run((context) -> assertThat(context).getFailure().isInstanceOfSatisfying(StartupException.class, (ex) -> {
				assertThat(ex).hasMessageContaining(name + " is " + value);
				assertThat(ex.action()).contains("mcp.remote.security.tenant-claim", "CallerResolver");
			}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.security.tenant-claim=org_id", "mcp.remote.rate-limit.enabled=false" })
	void whenClaimNamesTheTenantOrNothingIsLimitedThenStarts(String property) {
		this.runner.withPropertyValues(LIMIT, property).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenApplicationResolvesCallersThenStarts() {
		this.runner.withPropertyValues(LIMIT)
			.withUserConfiguration(OwnCallers.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenOnlyUsersAreLimitedThenStarts() {
		this.runner.withPropertyValues("mcp.remote.rate-limit.user=400/1m", "mcp.remote.quota.user.daily=1000")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCallers {

		@Bean
		CallerResolver ownCallers() {
			return (request) -> new Caller("ada", null, null, request.getRemoteAddr(), "acme");
		}

	}

}
