// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.io.IOException;
import java.time.Clock;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.common.circuitbreaker.configuration.CircuitBreakerConfigCustomizer;
import io.github.resilience4j.common.circuitbreaker.configuration.CommonCircuitBreakerConfigurationProperties;
import io.github.resilience4j.core.Registry;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.test.TestRunners;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Breakers and bulkheads are there wherever there is an endpoint, and what is configured
 * the way of Resilience4j is honoured whether its own starter is there or not.
 */
@ExtendWith(OutputCaptureExtension.class)
class McpRemoteResilienceAutoConfigurationTests {

	private static final String BREAKER = "resilience4j.circuitbreaker.";

	private static final String BULKHEAD = "resilience4j.bulkhead.";

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withConfiguration(AutoConfigurations.of(McpRemoteResilienceAutoConfiguration.class));

	@Test
	void whenDefaultsThenBothGuards() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(BulkheadGuard.class)
				.hasSingleBean(BreakerGuard.class)
				.hasSingleBean(Breakers.class);
			assertThat(context.getBean(McpRemoteConcurrencyProperties.class).perUser()).isEqualTo(32);
			CircuitBreakerConfig usual = context.getBean(CircuitBreakerRegistry.class).getDefaultConfig();
			assertThat(usual.getMinimumNumberOfCalls()).isEqualTo(20);
			assertThat(usual.getSlidingWindowSize()).isEqualTo(50);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenSwitchedOffThenNoGuard(String property) {
		TestRunners.servletWithoutServer()
			.withConfiguration(AutoConfigurations.of(McpRemoteResilienceAutoConfiguration.class))
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(BulkheadGuard.class)
				.doesNotHaveBean(BreakerGuard.class)
				.doesNotHaveBean(Registry.class));
	}

	@Test
	void whenBreakersAreSwitchedOffThenBulkheadsOnly(CapturedOutput output) {
		this.runner.withPropertyValues("mcp.remote.breaker.enabled=false", BREAKER + "instances.a.base-config=none")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(BulkheadGuard.class)
				.doesNotHaveBean(BreakerGuard.class)
				.doesNotHaveBean(CircuitBreakerRegistry.class));
		assertThat(output).doesNotContain("no breakers");
	}

	@Test
	void whenBulkheadsAreSwitchedOffThenBreakersOnly() {
		this.runner.withPropertyValues("mcp.remote.concurrency.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(BreakerGuard.class)
				.doesNotHaveBean(BulkheadGuard.class)
				.doesNotHaveBean(BulkheadRegistry.class));
	}

	@Test
	void whenNoResilience4jThenWhatDoesNotNeedIt(CapturedOutput output) {
		this.runner.withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(BulkheadGuard.class)
				.doesNotHaveBean(BreakerGuard.class));
		assertThat(output).doesNotContain("There are no breakers").doesNotContain("have no effect");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.breaker.enabled=true", BREAKER + "instances.echo.minimum-number-of-calls=3" })
	void whenNoResilience4jButBreakersAreConfiguredThenSaysSo(String property, CapturedOutput output) {
		this.runner.withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
			.withPropertyValues(property, BULKHEAD + "instances.echo.max-concurrent-calls=3")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("There are no breakers", "resilience4j.bulkhead.instances have no effect");
	}

	@Test
	void whenConfiguredThenAsByResilience4jItself() {
		this.runner
			.withPropertyValues(BREAKER + "configs.default.failure-rate-threshold=30",
					BREAKER + "configs.patient.wait-duration-in-open-state=2m",
					BREAKER + "instances.echo.base-config=patient", BREAKER + "instances.echo.sliding-window-size=7",
					BREAKER + "instances.report.sliding-window-type=time_based",
					BREAKER + "instances.report.ignore-exceptions=java.io.IOException",
					BREAKER + "instances.nosuchtool.minimum-number-of-calls=3", BREAKER + "tags.team=a")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
				CircuitBreaker echo = registry.circuitBreaker("echo");
				assertThat(echo.getCircuitBreakerConfig().getSlidingWindowSize()).isEqualTo(7);
				assertThat(echo.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState().apply(1))
					.isEqualTo(120_000);
				assertThat(echo.getTags()).containsEntry("team", "a");
				CircuitBreakerConfig report = registry.circuitBreaker("report").getCircuitBreakerConfig();
				assertThat(report.getSlidingWindowType()).isEqualTo(SlidingWindowType.TIME_BASED);
				assertThat(report.getFailureRateThreshold()).isEqualTo(30);
				assertThat(report.getIgnoreExceptionPredicate().test(new IOException())).isTrue();
				assertThat(registry.getDefaultConfig().getFailureRateThreshold()).isEqualTo(30);
				assertThat(registry.getDefaultConfig().getMinimumNumberOfCalls()).isEqualTo(100);
			});
	}

	@Test
	void whenBulkheadsAreConfiguredThenAsByResilience4jItself() {
		this.runner
			.withPropertyValues(BULKHEAD + "configs.small.max-concurrent-calls=2",
					BULKHEAD + "instances.echo.base-config=small")
			.run((context) -> {
				BulkheadRegistry registry = context.getBean(BulkheadRegistry.class);
				assertThat(registry.getAllBulkheads()).singleElement()
					.satisfies((echo) -> assertThat(echo.getBulkheadConfig().getMaxConcurrentCalls()).isEqualTo(2))
					.satisfies((echo) -> assertThat(echo.getBulkheadConfig().getMaxWaitDuration()).isZero());
			});
	}

	@Test
	void whenDefaultOfBulkheadsIsConfiguredThenForEveryTool() {
		TestCatalog catalog = new TestCatalog("echo");
		this.runner.withPropertyValues(BULKHEAD + "configs.default.max-concurrent-calls=2").run((context) -> {
			BulkheadRegistry registry = context.getBean(BulkheadRegistry.class);
			Permit permit = new RegistryBulkheads(registry, true, catalog.policies(), catalog).of(TestCalls.tool(),
					new TestContext());
			assertThat(permit).isNotNull();
			assertThat(registry.find("echo")).hasValueSatisfying(
					(echo) -> assertThat(echo.getBulkheadConfig().getMaxConcurrentCalls()).isEqualTo(2));
			assertThat(new RegistryBulkheads(BulkheadRegistry.ofDefaults(), false, catalog.policies(), catalog)
				.of(TestCalls.tool(), new TestContext())).isNull();
		});
	}

	@ParameterizedTest
	@CsvSource({ "mcp.remote.concurrency.per-user, -1, -1", "mcp.remote.concurrency.per-user, many, many",
			BREAKER + "instances.echo.failure-rate-threshold, 200, must be between 1 and 100",
			BREAKER + "instances.echo.base-config, nowhere, nowhere",
			BULKHEAD + "instances.echo.max-concurrent-calls, 0, maxConcurrentCalls",
			BULKHEAD + "instances.echo.base-config, nowhere, nowhere" })
	void whenValueCannotBeUsedThenSaysWhich(String name, String value, String told) {
		this.runner.withPropertyValues(name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(failure)
					.hasStackTraceContaining(name.substring(0, name.lastIndexOf('.')))
					.hasStackTraceContaining(told)));
	}

	@Test
	void whenOwnRegistriesThenTheyWin() {
		this.runner.withUserConfiguration(OwnRegistries.class).run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(CircuitBreakerRegistry.class)
				.hasSingleBean(BulkheadRegistry.class)
				.doesNotHaveBean(MeterBinder.class);
			CircuitBreakerConfig usual = BreakerConfiguration
				.usual(context.getBeanProvider(CommonCircuitBreakerConfigurationProperties.class), Clock.systemUTC());
			assertThat(minimumNumberOfCalls(context.getBean(CircuitBreakerRegistry.class), usual)).isEqualTo(17);
		});
	}

	@Test
	void whenRegistryIsOfResilience4jsStarterThenOurDefaultsUnlessItHasSome() {
		this.runner.withUserConfiguration(Starter.class).run((context) -> {
			CircuitBreakerConfig usual = BreakerConfiguration
				.usual(context.getBeanProvider(CommonCircuitBreakerConfigurationProperties.class), Clock.systemUTC());
			assertThat(usual).isNotNull();
			assertThat(minimumNumberOfCalls(context.getBean(CircuitBreakerRegistry.class), usual)).isEqualTo(20);
		});
		this.runner.withUserConfiguration(Starter.class)
			.withPropertyValues(BREAKER + "configs.default.failure-rate-threshold=30")
			.run((context) -> assertThat(BreakerConfiguration
				.usual(context.getBeanProvider(CommonCircuitBreakerConfigurationProperties.class), Clock.systemUTC()))
				.isNull());
	}

	@Test
	void whenCustomizerThenApplied() {
		this.runner.withUserConfiguration(Customizer.class)
			.run((context) -> assertThat(minimumNumberOfCalls(context.getBean(CircuitBreakerRegistry.class), null))
				.isEqualTo(5));
	}

	@Test
	void whenMetersThenOfEveryBreaker() {
		this.runner.withPropertyValues(BULKHEAD + "instances.echo.max-concurrent-calls=3").run((context) -> {
			SimpleMeterRegistry meters = new SimpleMeterRegistry();
			assertThat(context.getBeansOfType(MeterBinder.class)).hasSize(2)
				.allSatisfy((name, binder) -> binder.bindTo(meters));
			context.getBean(CircuitBreakerRegistry.class).circuitBreaker("added later");
			assertThat(meters.get("resilience4j.circuitbreaker.state").tag("name", "added later").meters())
				.isNotEmpty();
			assertThat(meters.get("resilience4j.bulkhead.max.allowed.concurrent.calls").gauge().value()).isEqualTo(3);
		});
	}

	@Test
	void whenNoMeterRegistryLibraryThenNoMeters() {
		this.runner.withClassLoader(new FilteredClassLoader("io.github.resilience4j.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(BreakerGuard.class)
				.doesNotHaveBean(MeterBinder.class));
	}

	/**
	 * Have the guard make a breaker for a tool, with the registry's means.
	 */
	private static int minimumNumberOfCalls(CircuitBreakerRegistry registry, CircuitBreakerConfig usual) {
		TestCatalog catalog = new TestCatalog("echo");
		new BreakerGuard(new Circuits(registry, usual, catalog.policies(), catalog, (event) -> {
		})).guard(TestCalls.tool(), new TestContext(), (call, context) -> new CallOutcome.Result("done"));
		return registry.circuitBreaker("echo").getCircuitBreakerConfig().getMinimumNumberOfCalls();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRegistries {

		@Bean
		CircuitBreakerRegistry ownBreakers() {
			return CircuitBreakerRegistry.of(CircuitBreakerConfig.custom().minimumNumberOfCalls(17).build());
		}

		@Bean
		BulkheadRegistry ownBulkheads() {
			return BulkheadRegistry.ofDefaults();
		}

	}

	/**
	 * Looks like what Resilience4j's starter configures.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(StarterProperties.class)
	static class Starter {

		@Bean
		CircuitBreakerRegistry circuitBreakerRegistry(StarterProperties properties) {
			return CircuitBreakerRegistry.ofDefaults();
		}

	}

	@ConfigurationProperties("resilience4j.circuitbreaker")
	static class StarterProperties extends CommonCircuitBreakerConfigurationProperties {

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizer {

		@Bean
		CircuitBreakerConfigCustomizer echo() {
			return CircuitBreakerConfigCustomizer.of("echo", (builder) -> builder.minimumNumberOfCalls(5));
		}

	}

}
