// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Import;

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
@Import({ BulkheadConfiguration.class, BulkheadMetricsConfiguration.class, ConcurrencyConfiguration.class,
		BreakerConfiguration.class, BreakerMetricsConfiguration.class, MissingBreakerConfiguration.class })
public final class McpRemoteResilienceAutoConfiguration {

}
