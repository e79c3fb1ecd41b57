// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for how long calls may take.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = McpRemotePolicyAutoConfiguration.class)
@ConditionalOnBean(CallPolicies.class)
public final class McpRemoteDeadlineAutoConfiguration {

	/**
	 * Is there also when nothing is bounded, since some calls must not be interrupted.
	 */
	@Bean
	DeadlineGuard mcpRemoteDeadlineGuard(CallPolicies policies, ObjectProvider<AbandonedCalls> abandoned) {
		return new DeadlineGuard(policies, abandoned.getIfAvailable());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "mcp.remote.deadline.enabled", matchIfMissing = true)
	@EnableConfigurationProperties(McpRemoteDeadlineProperties.class)
	@Import(EventsConfiguration.class)
	static class BoundConfiguration {

		@Bean
		AbandonedCalls mcpRemoteAbandonedCalls(McpRemoteDeadlineProperties properties, QueuedEvents events) {
			if (properties.maxAbandoned() < 1) {
				throw new InvalidConfigurationPropertyValueException("mcp.remote.deadline.max-abandoned",
						properties.maxAbandoned(), "It must be at least 1.");
			}
			return new AbandonedCalls(properties.maxAbandoned(), events::publish);
		}

	}

}
