// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

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
 * Auto-configuration} for tools that ask before they run.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = McpRemotePolicyAutoConfiguration.class)
@ConditionalOnBean(CallPolicies.class)
@ConditionalOnBooleanProperty(name = "mcp.remote.confirm.enabled", matchIfMissing = true)
@EnableConfigurationProperties(McpRemoteConfirmProperties.class)
public final class McpRemoteConfirmAutoConfiguration {

	@Bean
	ConfirmGuard mcpRemoteConfirmGuard(CallPolicies policies, McpRemoteConfirmProperties properties,
			ApplicationEventPublisher events) {
		ConfirmPropertyChecks.check(properties);
		return new ConfirmGuard(policies, new ClientUser(properties.inputTimeout()), events);
	}

	@Bean
	ConfirmCheck mcpRemoteConfirmCheck(Catalog catalog, Policies policies) {
		return new ConfirmCheck(catalog, policies);
	}

}
