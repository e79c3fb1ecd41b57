// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.List;
import java.util.Set;

import io.mcpremote.call.CurrentTrace;
import io.mcpremote.wire.EndpointLocation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Traces of calls, where there is a tracer.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ Tracer.class, Propagator.class })
@ConditionalOnBean({ Tracer.class, Propagator.class, KnownTargets.class })
class TracingConfiguration {

	private static final float DEFAULT_PROBABILITY = 0.1f;

	@Bean
	TraceParents mcpRemoteTraceParents(Tracer tracer, McpRemoteObserveProperties properties, Environment environment) {
		return new TraceParents(expectedBaggage(environment), properties.trustSampling(), new LocalSampling(tracer,
				environment.getProperty("management.tracing.sampling.probability", Float.class, DEFAULT_PROBABILITY)));
	}

	/**
	 * In front of Spring Boot's filter, which begins the span of the request.
	 */
	@Bean
	FilterRegistrationBean<BaggageFilter> mcpRemoteBaggageFilter(EndpointLocation location, Environment environment) {
		FilterRegistrationBean<BaggageFilter> registration = new FilterRegistrationBean<>(
				new BaggageFilter(expectedBaggage(environment)));
		registration.setName("mcpRemoteBaggage");
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		registration.setUrlPatterns(Set.of((location.path().isEmpty()) ? "/" : location.path()));
		return registration;
	}

	private static Set<String> expectedBaggage(Environment environment) {
		return Set.copyOf(Binder.get(environment)
			.bind("management.tracing.baggage.remote-fields", Bindable.listOf(String.class))
			.orElseGet(List::of));
	}

	@Bean
	@ConditionalOnMissingBean
	CurrentTrace mcpRemoteCurrentTrace(Tracer tracer) {
		return () -> {
			Span span = tracer.currentSpan();
			return (span != null) ? span.context().traceId() : null;
		};
	}

	// Before Spring Boot's, of which the first that fits is taken
	@Bean
	@Order(0)
	CallTracingHandler mcpRemoteCallTracingHandler(Tracer tracer, Propagator propagator) {
		return new CallTracingHandler(tracer, propagator);
	}

}
