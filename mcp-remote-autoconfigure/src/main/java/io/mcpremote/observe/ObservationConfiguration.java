// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import io.mcpremote.call.Catalog;
import io.mcpremote.policy.Policies;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Observations of calls, where anything observes.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnSingleCandidate(ObservationRegistry.class)
class ObservationConfiguration {

	@Bean
	KnownTargets mcpRemoteKnownTargets(Catalog catalog, McpRemoteObserveProperties properties) {
		if (properties.maxNames() < 1) {
			throw new InvalidConfigurationPropertyValueException("mcp.remote.observe.max-names", properties.maxNames(),
					"It must be at least 1.");
		}
		return new KnownTargets(catalog, properties.maxNames());
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 100)
	ObservationGuard mcpRemoteObservationGuard(ObservationRegistry registry,
			ObjectProvider<CallObservationConvention> convention, KnownTargets targets, Policies policies,
			ObjectProvider<TraceParents> parents) {
		return new ObservationGuard(registry, convention.getIfAvailable(), targets, policies, parents.getIfAvailable());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "io.micrometer.context.ThreadLocalAccessor")
	static class ReactiveConfiguration {

		@Bean
		ObservationContextSource mcpRemoteObservationContextSource(ObservationRegistry registry) {
			return new ObservationContextSource(registry);
		}

	}

}
