// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Clock;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties;
import io.mcpremote.call.Catalog;
import io.mcpremote.policy.CallPolicies;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Breakers, those of the application or of Resilience4j's own starter if there are any.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ CircuitBreakerRegistry.class, CommonCircuitBreakerConfigurationProperties.class })
@ConditionalOnBooleanProperty(name = "mcp.remote.breaker.enabled", matchIfMissing = true)
@Import(EventsConfiguration.class)
class BreakerConfiguration {

	private final Clock clock = Clock.systemUTC();

	@Bean
	@ConditionalOnMissingBean
	CircuitBreakerRegistry mcpRemoteCircuitBreakerRegistry(Environment environment,
			ObjectProvider<CircuitBreakerConfigCustomizer> customizers) {
		CommonCircuitBreakerConfigurationProperties properties = Binder.get(environment)
			.bindOrCreate(BreakerSettings.SECTION, CommonCircuitBreakerConfigurationProperties.class);
		return new BreakerSettings(properties, customizers.orderedStream().toList(), this.clock).registry();
	}

	@Bean
	Circuits mcpRemoteBreakers(CircuitBreakerRegistry registry,
			ObjectProvider<CommonCircuitBreakerConfigurationProperties> properties, CallPolicies policies,
			Catalog catalog, QueuedEvents events) {
		return new Circuits(registry, usual(properties, this.clock), policies, catalog, events::publish);
	}

	/**
	 * Return what applies where nothing is configured, unless that is for the registry to
	 * say: the one that Resilience4j's own starter makes knows Resilience4j's defaults.
	 */
	static @Nullable CircuitBreakerConfig usual(ObjectProvider<CommonCircuitBreakerConfigurationProperties> starters,
			Clock clock) {
		boolean unsaid = starters.stream()
			.findFirst()
			.filter((found) -> !BreakerSettings.hasDefault(found))
			.isPresent();
		return (unsaid) ? BreakerSettings.usual(clock) : null;
	}

	@Bean
	BreakerGuard mcpRemoteBreakerGuard(Circuits circuits) {
		return new BreakerGuard(circuits);
	}

}
