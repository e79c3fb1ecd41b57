// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.util.Arrays;

import io.mcpremote.call.CurrentTrace;
import io.mcpremote.test.TestRunners;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls are observed where there is something to observe them with.
 */
class McpRemoteObserveAutoConfigurationTests {

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withConfiguration(AutoConfigurations.of(McpRemoteObserveAutoConfiguration.class));

	private final WebApplicationContextRunner observed = this.runner
		.withBean(ObservationRegistry.class, ObservationRegistry::create)
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

	@Test
	void whenRegistriesThenObserved() {
		this.observed.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(ObservationGuard.class)
			.hasSingleBean(ObservationContextSource.class)
			.hasSingleBean(CallOutcomeMeters.class)
			.hasSingleBean(EventMeters.class)
			.hasSingleBean(ServerCountMeters.class)
			.hasSingleBean(DurationBuckets.class)
			.hasSingleBean(LogContextGuard.class)
			.hasSingleBean(ReactiveLogContext.class)
			.doesNotHaveBean(CallTracingHandler.class)
			.doesNotHaveBean(CurrentTrace.class));
	}

	@Test
	void whenTracerThenTraced() {
		this.observed.withBean(Tracer.class, () -> Tracer.NOOP)
			.withBean(Propagator.class, () -> Propagator.NOOP)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(CallTracingHandler.class)
				.hasSingleBean(TraceParents.class)
				.hasSingleBean(CurrentTrace.class));
	}

	@Test
	void whenNoRegistriesThenOnlyLogLinesSayWhatTheyBelongTo() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(LogContextGuard.class);
			assertThat(beans(context)).allMatch((type) -> type.getName().contains("Log")
					|| type == McpRemoteObserveAutoConfiguration.class || type == McpRemoteObserveProperties.class);
		});
	}

	@Test
	void whenNoMeterRegistryThenObservedAllTheSame() {
		this.runner.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ObservationGuard.class)
				.doesNotHaveBean(EventMeters.class));
	}

	@Test
	void whenSeveralRegistriesThenNoneIsChosen() {
		this.runner.withBean("one", ObservationRegistry.class, ObservationRegistry::create)
			.withBean("two", ObservationRegistry.class, ObservationRegistry::create)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ObservationGuard.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.micrometer", "io.micrometer.core", "io.micrometer.tracing", "io.micrometer.context" })
	void whenLibraryIsMissingThenTheRestWorks(String library) {
		this.runner.withClassLoader(new FilteredClassLoader(library))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(LogContextGuard.class));
	}

	@Test
	void whenNoContextPropagationThenObserved() {
		this.observed.withClassLoader(new FilteredClassLoader(ThreadLocalAccessor.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ObservationGuard.class)
				.hasSingleBean(LogContextGuard.class)
				.doesNotHaveBean(ReactiveLogContext.class)
				.doesNotHaveBean(ObservationContextSource.class));
	}

	@Test
	void whenSwitchedOffThenNothing() {
		this.observed.withPropertyValues("mcp.remote.observe.enabled=false").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(beans(context)).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.stdio=true" })
	void whenNotServedThenNothing(String property) {
		TestRunners.servletWithoutServer()
			.withConfiguration(AutoConfigurations.of(McpRemoteObserveAutoConfiguration.class))
			.withPropertyValues(property)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(beans(context)).isEmpty();
			});
	}

	@Test
	void whenOwnConventionThenTaken() {
		this.observed.withUserConfiguration(OwnConvention.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(ObservationGuard.class)
				.extracting("convention")
				.isSameAs(context.getBean(CallObservationConvention.class)));
	}

	@Test
	void whenKeysAreChosenThenThose() {
		this.runner.withPropertyValues("mcp.remote.observe.log-keys=call-id")
			.run((context) -> assertThat(context.getBean(McpRemoteObserveProperties.class).logKeys())
				.containsExactly(LogKey.CALL_ID));
		this.runner.run((context) -> assertThat(context.getBean(McpRemoteObserveProperties.class).logKeys())
			.containsExactlyInAnyOrder(LogKey.values()));
		this.runner.withPropertyValues("mcp.remote.observe.log-keys=").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(McpRemoteObserveProperties.class).logKeys()).isEmpty();
		});
	}

	@Test
	void whenValueIsWrongThenRefusesToStart() {
		this.observed.withPropertyValues("mcp.remote.observe.max-names=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("mcp.remote.observe.max-names"));
		this.observed.withPropertyValues("mcp.remote.observe.log-keys=nonsense")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("nonsense"));
	}

	private static Iterable<Class<?>> beans(ApplicationContext context) {
		return Arrays.stream(context.getBeanDefinitionNames())
			.<Class<?>>map(context::getType)
			.filter((type) -> type != null && type.getPackageName().equals("io.mcpremote.observe"))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConvention {

		@Bean
		CallObservationConvention convention() {
			return new DefaultCallObservationConvention();
		}

	}

}
