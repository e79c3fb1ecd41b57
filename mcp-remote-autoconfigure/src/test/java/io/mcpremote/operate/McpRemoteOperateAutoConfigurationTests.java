// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.ArrayList;
import java.util.List;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.DrainStarted;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.StartupException;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.security.Revocations;
import io.mcpremote.test.TestRunners;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * The server drains, and says so when it is not there at all.
 */
@ExtendWith(OutputCaptureExtension.class)
class McpRemoteOperateAutoConfigurationTests {

	private static final CallOutcome DONE = new Result("done");

	private final List<Object> events = new ArrayList<>();

	@Test
	void whenServedThenDrainsAndSaysNothing(CapturedOutput output) {
		TestRunners.servlet()
			.run((context) -> assertThat(context).hasSingleBean(DrainGuard.class)
				.doesNotHaveBean(StepAsideNotice.class));
		assertThat(output).doesNotContain("There is no remote MCP endpoint");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenSwitchedOffThenSaysWhy(String property, CapturedOutput output) {
		TestRunners.servletWithoutServer()
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DrainGuard.class));
		assertThat(output).contains("There is no remote MCP endpoint",
				"(" + property.substring(0, property.indexOf('=')) + ")");
	}

	@Test
	void whenExposedThenRevocationsEndpoint() {
		WebApplicationContextRunner runner = TestRunners.servlet()
			.withBean(Revocations.class, () -> mock(Revocations.class));
		runner.run((context) -> assertThat(context).doesNotHaveBean(McpRevocationsEndpoint.class));
		runner.withPropertyValues("management.endpoints.web.exposure.include=mcpRevocations")
			.run((context) -> assertThat(context).hasSingleBean(McpRevocationsEndpoint.class));
		TestRunners.servlet()
			.withPropertyValues("management.endpoints.web.exposure.include=*")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(McpRevocationsEndpoint.class));
		runner.withPropertyValues("management.endpoints.web.exposure.include=*")
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("mcpRemoteRevocationsEndpoint"));
	}

	@Test
	void whenNoWebApplicationThenSaysWhy(CapturedOutput output) {
		TestRunners.withoutWeb().run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DrainGuard.class));
		assertThat(output).contains("There is no remote MCP endpoint", "this application has no web server");
	}

	@Test
	void whenReactiveThenRefusesWithAdvice() {
		reactive().run((context) -> assertThat(context).hasFailed()
			.getFailure()
			.isInstanceOfSatisfying(StartupException.class, (ex) -> {
				assertThat(ex).hasMessageContaining("servlet stack").hasMessageContaining("WebFlux");
				assertThat(ex.action()).contains("spring-boot-starter-webmvc", "mcp.remote.enabled");
			}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenReactiveButSwitchedOffThenStarts(String property) {
		reactive().withPropertyValues(property).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenSecurityIsOffThenWarns(CapturedOutput output) {
		TestRunners.servlet()
			.withPropertyValues("mcp.remote.security.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("serves everybody who can reach it (mcp.remote.security.enabled=false)",
				"mcp.remote.public-url is not set");
	}

	@Test
	void whenSecurityIsNotOnTheClassPathThenFailsRatherThanServeAll() {
		TestRunners.servlet()
			.withPropertyValues("mcp.remote.security.enabled=true")
			.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOf(StartupException.class)
				.hasMessageContaining("is not on the class path"));
	}

	@Test
	void analyzeThenDescriptionAndAction() {
		FailureAnalysis analysis = new StartupFailureAnalyzer()
			.analyze(new IllegalStateException(new StartupException("It is broken.", "Mend it.")));
		assertThat(analysis.getDescription()).isEqualTo("It is broken.");
		assertThat(analysis.getAction()).isEqualTo("Mend it.");
	}

	@Test
	void guardWhenRunningThenPasses() {
		DrainGuard guard = new DrainGuard(this.events::add);
		guard.start();
		assertThat(guard.guard(TestCalls.tool(), new TestContext(), (call, context) -> DONE)).isSameAs(DONE);
		assertThat(guard.stage()).isEqualTo(CallStage.ADMIT);
	}

	@Test
	void guardWhenNotYetStartedThenPasses() {
		// The web server may be a moment ahead
		assertThat(new DrainGuard(this.events::add).guard(TestCalls.tool(), new TestContext(), (call, context) -> DONE))
			.isSameAs(DONE);
	}

	@Test
	void guardWhenStoppedThenUnavailable() {
		DrainGuard guard = new DrainGuard(this.events::add);
		guard.start();
		guard.stop();
		assertThat(refused(guard).reason()).isEqualTo(RefusalReason.UNAVAILABLE);
		assertThat(refused(guard).headers()).containsEntry("Retry-After", "2");
		assertThat(guard.isRunning()).isFalse();
		assertThat(this.events).containsExactly(new DrainStarted(0));
	}

	@Test
	void stopWhenCallsAreUnderWayThenSaysHowMany() {
		DrainGuard guard = new DrainGuard(this.events::add);
		guard.start();
		guard.guard(TestCalls.tool(), new TestContext(), (call, context) -> {
			guard.stop();
			return DONE;
		});
		assertThat(this.events).containsExactly(new DrainStarted(1));
	}

	private static Refusal refused(DrainGuard guard) {
		return (Refusal) guard.guard(TestCalls.tool(), new TestContext(), (call, context) -> DONE);
	}

	/**
	 * An application that looks as if WebFlux were on its class path.
	 */
	private static ReactiveWebApplicationContextRunner reactive() {
		ClassLoader webFlux = new ByteBuddy().subclass(Object.class)
			.name("org.springframework.web.reactive.HandlerResult")
			.make()
			.load(McpRemoteOperateAutoConfigurationTests.class.getClassLoader())
			.getLoaded()
			.getClassLoader();
		return new ReactiveWebApplicationContextRunner().withClassLoader(webFlux)
			.withConfiguration(AutoConfigurations.of(McpRemoteOperateAutoConfiguration.class));
	}

}
