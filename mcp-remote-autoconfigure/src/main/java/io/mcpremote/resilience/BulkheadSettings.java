// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.common.CompositeCustomizer;
import io.github.resilience4j.common.bulkhead.configuration.BulkheadConfigCustomizer;
import io.github.resilience4j.common.bulkhead.configuration.CommonBulkheadConfigurationProperties;
import io.github.resilience4j.common.bulkhead.configuration.CommonBulkheadConfigurationProperties.InstanceProperties;

/**
 * Turns what is configured of bulkheads into bulkheads, exactly as Resilience4j's own
 * starters do.
 */
final class BulkheadSettings {

	static final String SECTION = "resilience4j.bulkhead";

	private static final String DEFAULT = "default";

	private final CommonBulkheadConfigurationProperties properties;

	private final CompositeCustomizer<BulkheadConfigCustomizer> customizers;

	BulkheadSettings(CommonBulkheadConfigurationProperties properties, List<BulkheadConfigCustomizer> customizers) {
		this.properties = properties;
		this.customizers = new CompositeCustomizer<>(customizers);
	}

	/**
	 * Return whether somebody has said what applies to everything that is not named.
	 */
	static boolean hasDefault(CommonBulkheadConfigurationProperties properties) {
		return properties.getConfigs().containsKey(DEFAULT);
	}

	BulkheadRegistry registry() {
		Map<String, BulkheadConfig> configs = new HashMap<>();
		this.properties.getConfigs().forEach((name, config) -> configs.put(name, config("configs", name, config)));
		BulkheadRegistry registry = BulkheadRegistry.of(configs, Map.copyOf(this.properties.getTags()));
		this.properties.getInstances()
			.forEach((name, instance) -> registry.bulkhead(name, config("instances", name, instance)));
		return registry;
	}

	private BulkheadConfig config(String kind, String name, InstanceProperties settings) {
		return ResiliencePropertyChecks.checked(SECTION + "." + kind + "." + name,
				() -> this.properties.createBulkheadConfig(settings, this.customizers, name));
	}

}
