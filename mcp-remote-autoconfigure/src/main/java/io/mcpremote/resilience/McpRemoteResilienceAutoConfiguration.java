// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Clock;

import io.mcpremote.call.RefusalLog;
import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for breakers, and for how many calls may run at once.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = McpRemotePolicyAutoConfiguration.class, afterName = {
		"io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration",
		"io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadRefreshScopedRegistryAutoConfiguration",
		"io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
		"io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerRefreshScopedRegistryAutoConfiguration" })
@ConditionalOnBean(CallPolicies.class)
@EnableConfigurationProperties(McpRemoteConcurrencyProperties.class)
@Import({ BulkheadConfiguration.class, BulkheadMetricsConfiguration.class, BreakerConfiguration.class,
		BreakerMetricsConfiguration.class })
public final class McpRemoteResilienceAutoConfiguration {

	private final Clock clock = Clock.systemUTC();

	@Bean
	@ConditionalOnBooleanProperty(name = "mcp.remote.concurrency.enabled", matchIfMissing = true)
	BulkheadGuard mcpRemoteBulkheadGuard(McpRemoteConcurrencyProperties properties, CallPolicies policies,
			ObjectProvider<TargetBulkheads> bulkheads, ApplicationEventPublisher events, Environment environment) {
		ResiliencePropertyChecks.check(properties);
		TargetBulkheads totals = bulkheads.getIfAvailable(() -> {
			ResiliencePropertyChecks.warnOfMissingBulkheads(environment);
			return (call, context) -> null;
		});
		return new BulkheadGuard(properties.perUser(), policies, totals, events,
				new RefusalLog(LogFactory.getLog(BulkheadGuard.class), this.clock));
	}

	@Bean
	@ConditionalOnMissingBean(BreakerGuard.class)
	@ConditionalOnBooleanProperty(name = "mcp.remote.breaker.enabled", matchIfMissing = true)
	SmartInitializingSingleton mcpRemoteMissingBreakerNotice(Environment environment) {
		return () -> ResiliencePropertyChecks.warnOfMissingBreakers(environment);
	}

}
