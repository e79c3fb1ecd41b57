// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.util.List;

import io.mcpremote.call.Catalog;
import io.mcpremote.policy.AnnotatedTargets;
import io.mcpremote.policy.McpRemotePolicyAutoConfiguration;
import io.mcpremote.policy.Policies;
import io.mcpremote.wire.Challenges;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for what callers may do and see.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = McpRemotePolicyAutoConfiguration.class,
		afterName = { "io.mcpremote.transport.McpRemoteTransportAutoConfiguration",
				"io.mcpremote.security.McpRemoteSecurityAutoConfiguration" })
@ConditionalOnClass(SecurityContextHolder.class)
@ConditionalOnBean({ Policies.class, Catalog.class })
@ConditionalOnBooleanProperty(name = "mcp.remote.security.enabled", matchIfMissing = true)
@EnableConfigurationProperties(McpRemoteAuthorizationProperties.class)
public final class McpRemoteAuthorizationAutoConfiguration {

	private static final int MAX_ELEVATIONS = 10_000;

	@Bean
	AccessRules mcpRemoteAccessRules(Policies policies, ObjectProvider<AccessDecision> decisions,
			McpRemoteAuthorizationProperties properties) {
		return new AccessRules(policies, hierarchy(properties.scopeHierarchy()), decisions.orderedStream().toList(),
				properties.deniedTools());
	}

	@Bean
	ShownTargets mcpRemoteShownTargets(AccessRules rules, Catalog catalog) {
		return new ShownTargets(rules, catalog);
	}

	@Bean
	Elevations mcpRemoteElevations(ApplicationEventPublisher events) {
		return new Elevations(events, MAX_ELEVATIONS, Clock.systemUTC());
	}

	@Bean
	AuthorizeGuard mcpRemoteAuthorizeGuard(AccessRules rules, Catalog catalog, Challenges challenges,
			Elevations elevations) {
		return new AuthorizeGuard(rules, new CalledTargets(rules, catalog), challenges, elevations);
	}

	@Bean
	MethodDenials mcpRemoteMethodDenials(AnnotatedTargets targets, AccessRules rules, Policies policies,
			Challenges challenges, Elevations elevations) {
		return new MethodDenials(targets, rules, policies, challenges, elevations);
	}

	@Bean
	SecurityContextSource mcpRemoteSecurityContextSource() {
		return new SecurityContextSource();
	}

	private static ScopeHierarchy hierarchy(List<String> rules) {
		try {
			return new ScopeHierarchy(rules);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.security.scope-hierarchy", rules,
					ex.getMessage() + ". Write rules such as 'write:projects > read:projects', none of them in a"
							+ " circle.");
		}
	}

}
