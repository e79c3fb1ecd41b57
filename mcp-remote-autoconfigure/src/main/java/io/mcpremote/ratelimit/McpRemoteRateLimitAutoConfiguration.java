// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.time.Clock;

import io.github.bucket4j.Bucket;
import io.mcpremote.call.Catalog;
import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import io.mcpremote.policy.Policies;

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
		return new Limiter(store, events, new LimitLog(this.clock));
	}

	@Bean
	CallerLimitGuard mcpRemoteCallerLimitGuard(McpRemoteRateLimitProperties properties, McpRemoteQuotaProperties quotas,
			CallPolicies policies, Limiter limiter) {
		RateLimitPropertyChecks.check(properties, quotas);
		CallerLimits limits = new CallerLimits(CallerRates.of(properties), new Quotas(quotas, this.clock));
		return new CallerLimitGuard(limits, policies, limiter);
	}

	@Bean
	ToolLimitGuard mcpRemoteToolLimitGuard(CallPolicies policies, Limiter limiter) {
		return new ToolLimitGuard(policies, limiter);
	}

	@Bean
	CostCheck mcpRemoteCostCheck(Catalog catalog, Policies policies, McpRemoteRateLimitProperties properties) {
		return new CostCheck(catalog, policies, CallerRates.of(properties));
	}

}
