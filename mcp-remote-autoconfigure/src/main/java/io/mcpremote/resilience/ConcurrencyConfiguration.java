// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Clock;

import io.mcpremote.call.RefusalLog;
import io.mcpremote.policy.CallPolicies;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * How many calls may run at once, with bulkheads of Resilience4j or without.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "mcp.remote.concurrency.enabled", matchIfMissing = true)
@EnableConfigurationProperties(McpRemoteConcurrencyProperties.class)
class ConcurrencyConfiguration {

	private final Clock clock = Clock.systemUTC();

	@Bean
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

}
