// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Clock;

import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.Catalog;
import io.mcpremote.policy.AnnotatedTargets;
import io.mcpremote.policy.McpRemotePolicyProperties;
import io.mcpremote.policy.Policies;
import io.mcpremote.ratelimit.McpRemoteQuotaProperties;
import io.mcpremote.ratelimit.McpRemoteRateLimitProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Does what is done once, when the application starts, and keeps nothing of it: checks
 * before the first client comes, and a report when the port is known.
 */
final class StartupChecks implements SmartInitializingSingleton, ApplicationListener<ContextRefreshedEvent> {

	private static final String SECURITY = "mcp.remote.security.enabled";

	private final ConfigurableApplicationContext context;

	private final boolean secured;

	StartupChecks(ConfigurableApplicationContext context) {
		this.context = context;
		this.secured = context.getEnvironment().getProperty(SECURITY, Boolean.class, true);
		// What is missing on the class path would show in other beans, and say less
		ExposureNotice.give(context.getEnvironment(), context.getClassLoader());
	}

	@Override
	public void afterSingletonsInstantiated() {
		CallPipeline pipeline = this.context.getBean(CallPipeline.class);
		Catalog catalog = this.context.getBean(Catalog.class);
		Policies policies = find(Policies.class);
		if (this.secured) {
			new AuthorizationCheck(pipeline, policies).run();
		}
		if (policies != null) {
			new PolicyCheck(catalog, policies, this.context.getBean(McpRemotePolicyProperties.class)).run();
			new EnforcementCheck(pipeline, catalog, policies, this.context.getEnvironment()).run();
		}
		McpRemoteRateLimitProperties limits = find(McpRemoteRateLimitProperties.class);
		McpRemoteQuotaProperties quotas = find(McpRemoteQuotaProperties.class);
		if (limits != null && quotas != null) {
			new TenantCheck(limits, quotas, this.context).run();
		}
		AnnotatedTargets targets = find(AnnotatedTargets.class);
		if (targets != null) {
			new ConstraintCheck(targets, this.context).run();
		}
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		// Contexts below this one tell of themselves here, too
		if (event.getApplicationContext() == this.context) {
			Catalog catalog = this.context.getBean(Catalog.class);
			Policies policies = find(Policies.class);
			new StartupReport(new ServerReport(this.context, Clock.systemUTC()), catalog,
					(policies != null) ? new PolicyReport(catalog, policies, this.secured) : null)
				.run();
		}
	}

	private <T> @Nullable T find(Class<T> type) {
		return this.context.getBeanProvider(type).getIfAvailable();
	}

}
