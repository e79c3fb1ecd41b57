// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import io.mcpremote.policy.CallPolicies;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for how long calls may take.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = McpRemotePolicyAutoConfiguration.class)
@ConditionalOnBean(CallPolicies.class)
@EnableConfigurationProperties(McpRemoteDeadlineProperties.class)
@Import(EventsConfiguration.class)
public final class McpRemoteDeadlineAutoConfiguration {

	@Bean
	DeadlineGuard mcpRemoteDeadlineGuard(CallPolicies policies, McpRemoteDeadlineProperties properties,
			QueuedEvents events) {
		return new DeadlineGuard(policies, abandoned(properties, events));
	}

	private static @Nullable AbandonedCalls abandoned(McpRemoteDeadlineProperties properties, QueuedEvents events) {
		if (properties.maxAbandoned() < 1) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.deadline.max-abandoned",
					properties.maxAbandoned(), "It must be at least 1.");
		}
		return (properties.enabled()) ? new AbandonedCalls(properties.maxAbandoned(), events::publish) : null;
	}

}
