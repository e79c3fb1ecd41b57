// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.common.bulkhead.configuration.BulkheadConfigCustomizer;
import io.github.resilience4j.common.bulkhead.configuration.CommonBulkheadConfigurationProperties;
import io.mcpremote.call.Catalog;
import io.mcpremote.policy.CallPolicies;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Bulkheads, those of the application or of Resilience4j's own starter if there are any.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ BulkheadRegistry.class, CommonBulkheadConfigurationProperties.class })
@ConditionalOnBooleanProperty(name = "mcp.remote.concurrency.enabled", matchIfMissing = true)
class BulkheadConfiguration {

	@Bean
	@ConditionalOnMissingBean
	BulkheadRegistry mcpRemoteBulkheadRegistry(Environment environment,
			ObjectProvider<BulkheadConfigCustomizer> customizers) {
		return new BulkheadSettings(bound(environment), customizers.orderedStream().toList()).registry();
	}

	@Bean
	RegistryBulkheads mcpRemoteBulkheads(BulkheadRegistry registry, Environment environment, CallPolicies policies,
			Catalog catalog) {
		return new RegistryBulkheads(registry, BulkheadSettings.hasDefault(bound(environment)), policies, catalog);
	}

	private static CommonBulkheadConfigurationProperties bound(Environment environment) {
		return Binder.get(environment)
			.bindOrCreate(BulkheadSettings.SECTION, CommonBulkheadConfigurationProperties.class);
	}

}
