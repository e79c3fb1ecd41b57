// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Clock;
import java.util.function.LongSupplier;

import io.mcpremote.call.Catalog;
import io.mcpremote.policy.Policies;
import io.mcpremote.resilience.Breakers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * What the actuator endpoint and the console have in common, and nobody else needs.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(Policies.class)
@Conditional(StatisticsConfiguration.WantedCondition.class)
class StatisticsConfiguration {

	private final Clock clock = Clock.systemUTC();

	private final LongSupplier ticker = System::nanoTime;

	@Bean
	CallStatistics mcpRemoteCallStatistics(Catalog catalog) {
		return new CallStatistics(this.ticker, catalog::names);
	}

	@Bean
	StatisticsGuard mcpRemoteStatisticsGuard(CallStatistics statistics, Catalog catalog) {
		return new StatisticsGuard(statistics, catalog, this.ticker);
	}

	@Bean
	PolicyRows mcpRemotePolicyRows(Catalog catalog, Policies policies, CallStatistics statistics,
			ObjectProvider<Breakers> breakers) {
		return new PolicyRows(catalog, policies, statistics, breakers::getIfAvailable);
	}

	@Bean
	ServerReport mcpRemoteServerReport(ApplicationContext context) {
		return new ServerReport(context, this.clock);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnAvailableEndpoint(McpServerEndpoint.class)
		McpServerEndpoint mcpRemoteServerEndpoint(ServerReport report, PolicyRows rows) {
			return new McpServerEndpoint(report, rows);
		}

	}

	static class WantedCondition extends AnyNestedCondition {

		WantedCondition() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBooleanProperty("mcp.remote.console.enabled")
		static class OnConsole {

		}

		@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
		@ConditionalOnAvailableEndpoint(McpServerEndpoint.class)
		static class OnEndpoint {

		}

	}

}
