// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Clock;

import io.github.bucket4j.Bucket;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.RefusalLog;
import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import io.mcpremote.policy.Policies;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for what callers may ask for.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = McpRemotePolicyAutoConfiguration.class)
@ConditionalOnClass(Bucket.class)
@ConditionalOnBean(CallPolicies.class)
@ConditionalOnBooleanProperty(name = "mcp.remote.rate-limit.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ McpRemoteRateLimitProperties.class, McpRemoteQuotaProperties.class })
public final class McpRemoteRateLimitAutoConfiguration {

	private final Clock clock = Clock.systemUTC();

	@Bean
	@ConditionalOnMissingBean
	LimitStore mcpRemoteLimitStore(McpRemoteRateLimitProperties properties) {
		return new InMemoryLimitStore(properties.maxEntries(), this.clock);
	}

	@Bean
	Limiter mcpRemoteLimiter(LimitStore store, ApplicationEventPublisher events) {
		return new Limiter(store, events, new RefusalLog(LogFactory.getLog(Limiter.class), this.clock));
	}

	@Bean
	CallerLimits mcpRemoteCallerLimits(McpRemoteRateLimitProperties properties, McpRemoteQuotaProperties quotas) {
		RateLimitPropertyChecks.check(properties, quotas);
		return new CallerLimits(CallerRates.of(properties), new Quotas(quotas, this.clock));
	}

	@Bean
	CallerLimitGuard mcpRemoteCallerLimitGuard(CallerLimits limits, Limiter limiter) {
		return new CallerLimitGuard(limits, limiter);
	}

	@Bean
	ToolLimitGuard mcpRemoteToolLimitGuard(CallerLimits limits, CallPolicies policies, Limiter limiter) {
		return new ToolLimitGuard(limits, policies, limiter);
	}

	@Bean
	CostCheck mcpRemoteCostCheck(Catalog catalog, Policies policies, McpRemoteRateLimitProperties properties,
			McpRemoteQuotaProperties quotas) {
		return new CostCheck(catalog, policies, CallerRates.of(properties), Quotas.least(quotas));
	}

}
