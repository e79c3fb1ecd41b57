// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.CompositeCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties.InstanceProperties;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is configured of breakers into breakers, exactly as Resilience4j's own
 * starters do, except for what applies where nothing is configured.
 */
final class BreakerSettings {

	static final String SECTION = "resilience4j.circuitbreaker";

	private static final String DEFAULT = "default";

	private final CommonCircuitBreakerConfigurationProperties properties;

	private final CompositeCustomizer<CircuitBreakerConfigCustomizer> customizers;

	private final Clock clock;

	BreakerSettings(CommonCircuitBreakerConfigurationProperties properties,
			List<CircuitBreakerConfigCustomizer> customizers, Clock clock) {
		this.properties = properties;
		this.customizers = new CompositeCustomizer<>(customizers);
		this.clock = clock;
	}

	/**
	 * Return what applies where nothing is configured: half of at least twenty calls have
	 * failed. How long calls take is a matter of their deadlines.
	 */
	static CircuitBreakerConfig usual(Clock clock) {
		return CircuitBreakerConfig.custom()
			.slidingWindow(50, 20, SlidingWindowType.COUNT_BASED)
			.failureRateThreshold(50)
			.slowCallDurationThreshold(Duration.ofDays(1))
			.waitDurationInOpenState(Duration.ofSeconds(30))
			.permittedNumberOfCallsInHalfOpenState(5)
			.maxWaitDurationInHalfOpenState(Duration.ofMinutes(1))
			.clock(clock)
			.build();
	}

	/**
	 * Return whether somebody has said what applies to everything that is not named.
	 */
	static boolean hasDefault(CommonCircuitBreakerConfigurationProperties properties) {
		return properties.getConfigs().containsKey(DEFAULT);
	}

	CircuitBreakerRegistry registry() {
		Map<String, CircuitBreakerConfig> configs = new HashMap<>();
		configs.put(DEFAULT, usual(this.clock));
		this.properties.getConfigs().forEach((name, config) -> configs.put(name, config("configs", name, config)));
		CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(configs, Map.copyOf(this.properties.getTags()));
		this.properties.getInstances()
			.forEach((name, instance) -> registry.circuitBreaker(name, config("instances", name, instance)));
		this.customizers.instanceNames()
			.stream()
			.filter((name) -> registry.getConfiguration(name).isEmpty())
			.forEach((name) -> registry.circuitBreaker(name, config("instances", name, null)));
		return registry;
	}

	private CircuitBreakerConfig config(String kind, String name, @Nullable InstanceProperties settings) {
		return CircuitBreakerConfig
			.from(ResiliencePropertyChecks.checked(SECTION + "." + kind + "." + name,
					() -> this.properties.createCircuitBreakerConfig(name, settings, this.customizers)))
			.clock(this.clock)
			.build();
	}

}
