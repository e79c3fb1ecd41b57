// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import io.mcpremote.audit.ledger.McpRemoteAuditJdbcAutoConfiguration;
import io.mcpremote.audit.ledger.McpRemoteAuditLedgerAutoConfiguration;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import io.mcpremote.security.McpRemoteApiKeyAutoConfiguration;
import io.mcpremote.security.Revocations;
import io.mcpremote.transport.McpRemoteTransportAutoConfiguration;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the operation of a remote MCP server.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { McpRemoteTransportAutoConfiguration.class, McpRemotePolicyAutoConfiguration.class,
		McpRemoteApiKeyAutoConfiguration.class, McpRemoteAuditLedgerAutoConfiguration.class,
		McpRemoteAuditJdbcAutoConfiguration.class })
@Import({ HealthConfiguration.class, SanitizingConfiguration.class, StatisticsConfiguration.class })
public final class McpRemoteOperateAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	static class SwitchConfiguration {

		@Bean
		static SwitchCheck mcpRemoteSwitchCheck() {
			return new SwitchCheck();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(McpRemoteTransportAutoConfiguration.class)
	static class ServedConfiguration {

		@Bean
		DrainGuard mcpRemoteDrainGuard(ApplicationEventPublisher events) {
			return new DrainGuard(events);
		}

		@Bean
		@ConditionalOnBooleanProperty(name = "mcp.remote.deadline.enabled", matchIfMissing = true)
		StuckCallsLiveness mcpRemoteStuckCallsLiveness(ApplicationContext context) {
			return new StuckCallsLiveness(context);
		}

		@Bean
		StartupChecks mcpRemoteStartupChecks(ConfigurableApplicationContext context) {
			return new StartupChecks(context);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(McpRemoteTransportAutoConfiguration.class)
	static class NotServedConfiguration {

		@Bean
		StepAsideNotice mcpRemoteStepAsideNotice(Environment environment) {
			return new StepAsideNotice(environment);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	static class RevocationsConfiguration {

		@Bean
		@ConditionalOnBean(Revocations.class)
		@ConditionalOnAvailableEndpoint(McpRevocationsEndpoint.class)
		McpRevocationsEndpoint mcpRemoteRevocationsEndpoint(Revocations revocations, Environment environment,
				ListableBeanFactory beans) {
			return new McpRevocationsEndpoint(revocations, OperatorRole.of(environment, beans));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnBooleanProperty(name = "mcp.remote.enabled", matchIfMissing = true)
	@ConditionalOnBooleanProperty(name = "spring.ai.mcp.server.enabled", matchIfMissing = true)
	@ConditionalOnBooleanProperty(name = "spring.ai.mcp.server.stdio", havingValue = false, matchIfMissing = true)
	static class ReactiveConfiguration {

		@Bean
		static UnsupportedStack mcpRemoteUnsupportedStack() {
			return new UnsupportedStack();
		}

	}

}
