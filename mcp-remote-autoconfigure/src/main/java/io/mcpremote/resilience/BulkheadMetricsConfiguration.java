// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Meters of bulkheads. Resilience4j's own starter has them where the bulkheads are its
 * own.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ MeterBinder.class, TaggedBulkheadMetrics.class })
@ConditionalOnBean(name = "mcpRemoteBulkheadRegistry")
class BulkheadMetricsConfiguration {

	@Bean
	TaggedBulkheadMetrics mcpRemoteBulkheadMetrics(BulkheadRegistry registry) {
		return TaggedBulkheadMetrics.ofBulkheadRegistry(registry);
	}

}
