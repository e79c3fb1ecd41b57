// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.time.Clock;

import io.mcpremote.call.Catalog;
import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import io.mcpremote.policy.Policies;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for tools that come and go.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = McpRemotePolicyAutoConfiguration.class)
@ConditionalOnBean(CallPolicies.class)
@ConditionalOnBooleanProperty(name = "mcp.remote.lifecycle.enabled", matchIfMissing = true)
@EnableConfigurationProperties(McpRemoteLifecycleProperties.class)
public final class McpRemoteLifecycleAutoConfiguration {

	private final Clock clock = Clock.systemUTC();

	@Bean
	SunsetGuard mcpRemoteSunsetGuard(CallPolicies policies, ApplicationEventPublisher events) {
		return new SunsetGuard(policies, new DeprecationLog(), events, this.clock);
	}

	@Bean
	DeprecationMarks mcpRemoteDeprecationMarks(Policies policies) {
		return new DeprecationMarks(policies, this.clock);
	}

	@Bean
	DeprecationCheck mcpRemoteDeprecationCheck(Catalog catalog, Policies policies) {
		return new DeprecationCheck(catalog, policies, this.clock);
	}

}
