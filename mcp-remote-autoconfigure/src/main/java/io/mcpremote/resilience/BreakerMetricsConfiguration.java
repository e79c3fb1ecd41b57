// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Meters of breakers. Resilience4j's own starter has them where the breakers are its own.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ MeterBinder.class, TaggedCircuitBreakerMetrics.class })
@ConditionalOnBean(name = "mcpRemoteCircuitBreakerRegistry")
class BreakerMetricsConfiguration {

	@Bean
	TaggedCircuitBreakerMetrics mcpRemoteBreakerMetrics(CircuitBreakerRegistry registry) {
		return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry);
	}

}
