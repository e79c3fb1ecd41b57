// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.benchmarks;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What observes calls in an application with metrics, without what such an application
 * has besides.
 */
@Configuration(proxyBeanMethods = false)
class Registries {

	@Bean
	MeterRegistry meters(ObjectProvider<MeterFilter> filters) {
		MeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		filters.orderedStream().forEach(meters.config()::meterFilter);
		return meters;
	}

	@Bean
	ObservationRegistry observations(MeterRegistry meters, ObjectProvider<ObservationHandler<?>> handlers) {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		handlers.orderedStream().forEach(observations.observationConfig()::observationHandler);
		return observations;
	}

}
