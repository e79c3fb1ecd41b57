// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Clock;

import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.Catalog;
import io.mcpremote.policy.AnnotatedTargets;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import io.mcpremote.policy.McpRemotePolicyProperties;
import io.mcpremote.policy.Policies;
import io.mcpremote.security.McpRemoteApiKeyAutoConfiguration;
import io.mcpremote.security.Revocations;
import io.mcpremote.transport.McpRemoteTransportAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
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
		McpRemoteApiKeyAutoConfiguration.class })
@Import({ HealthConfiguration.class, StatisticsConfiguration.class })
public final class McpRemoteOperateAutoConfiguration {

	private static final String SECURITY = "mcp.remote.security.enabled";

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(McpRemoteTransportAutoConfiguration.class)
	static class ServedConfiguration {

		private final Clock clock = Clock.systemUTC();

		@Bean
		DrainGuard mcpRemoteDrainGuard(ApplicationEventPublisher events) {
			return new DrainGuard(events);
		}

		@Bean
		StuckCallsLiveness mcpRemoteStuckCallsLiveness(ApplicationContext context) {
			return new StuckCallsLiveness(context);
		}

		@Bean
		ExposureNotice mcpRemoteExposureNotice(ConfigurableApplicationContext context) {
			return new ExposureNotice(context.getEnvironment(), context.getClassLoader());
		}

		@Bean
		@ConditionalOnBooleanProperty(name = SECURITY, matchIfMissing = true)
		AuthorizationCheck mcpRemoteAuthorizationCheck(CallPipeline pipeline, ObjectProvider<Policies> policies) {
			return new AuthorizationCheck(pipeline, policies);
		}

		@Bean
		@ConditionalOnBean(Policies.class)
		PolicyCheck mcpRemotePolicyCheck(Catalog catalog, Policies policies, McpRemotePolicyProperties properties) {
			return new PolicyCheck(catalog, policies, properties);
		}

		@Bean
		@ConditionalOnBean(Policies.class)
		EnforcementCheck mcpRemoteEnforcementCheck(CallPipeline pipeline, Catalog catalog, Policies policies,
				Environment environment) {
			return new EnforcementCheck(pipeline, catalog, policies, environment);
		}

		@Bean
		@ConditionalOnBean(AnnotatedTargets.class)
		ConstraintCheck mcpRemoteConstraintCheck(AnnotatedTargets targets, ApplicationContext context) {
			return new ConstraintCheck(targets, context);
		}

		@Bean
		StartupReport mcpRemoteStartupReport(ConfigurableApplicationContext context, Catalog catalog,
				ObjectProvider<Policies> policies) {
			boolean secured = context.getEnvironment().getProperty(SECURITY, Boolean.class, true);
			Policies all = policies.getIfAvailable();
			return new StartupReport(new ServerReport(context, this.clock), catalog,
					(all != null) ? new PolicyReport(catalog, all, secured) : null);
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
		McpRevocationsEndpoint mcpRemoteRevocationsEndpoint(Revocations revocations) {
			return new McpRevocationsEndpoint(revocations);
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
