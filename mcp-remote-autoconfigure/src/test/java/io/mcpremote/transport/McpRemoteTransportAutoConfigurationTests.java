// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.test.TestRunners;
import io.mcpremote.wire.CallerResolver;
import io.mcpremote.wire.PrincipalCallerResolver;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpServerTransportProviderBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.server.common.autoconfigure.McpServerAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint is there when it can be, steps aside when told to, and refuses what cannot
 * work.
 */
class McpRemoteTransportAutoConfigurationTests {

	private final WebApplicationContextRunner contextRunner = TestRunners.servlet();

	@Test
	void whenDefaultsThenEndpointWithDefaults() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(McpSyncServer.class)
				.hasSingleBean(CallPipeline.class)
				.hasSingleBean(PrincipalCallerResolver.class)
				.hasSingleBean(InMemoryUsedStates.class);
			assertThat(context.getBean(McpServerTransportProviderBase.class))
				.isInstanceOf(RemoteTransportProvider.class);
			ServletRegistrationBean<?> registration = context.getBean(ServletRegistrationBean.class);
			assertThat(registration.getUrlMappings()).containsExactly("/mcp");
			assertThat(registration.isAsyncSupported()).isTrue();
		});
	}

	@ParameterizedTest
	@CsvSource({ "/api/mcp, /api/mcp", "api/mcp, /api/mcp", "/, ''" })
	void whenEndpointPathThenServedThere(String path, String mapping) {
		this.contextRunner.withPropertyValues("spring.ai.mcp.server.streamable-http.mcp-endpoint=" + path)
			.run((context) -> {
				ServletRegistrationBean<?> registration = context.getBean(ServletRegistrationBean.class);
				assertThat(registration.getUrlMappings()).containsExactly(mapping);
			});
	}

	@ParameterizedTest
	@ValueSource(classes = { McpServerAutoConfiguration.class, McpServerTransportProviderBase.class })
	void whenClassIsMissingThenNoEndpoint(Class<?> missing) {
		TestRunners.servletWithoutServer()
			.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(McpRemoteTransportAutoConfiguration.class)
				.doesNotHaveBean(ServletRegistrationBean.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false",
			"spring.ai.mcp.server.stdio=true" })
	void whenSwitchedOffThenNoEndpoint(String property) {
		TestRunners.servletWithoutServer()
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(McpRemoteTransportAutoConfiguration.class)
				.doesNotHaveBean(ServletRegistrationBean.class)
				.doesNotHaveBean(CallPipeline.class));
	}

	@Test
	void whenNoWebApplicationThenNoEndpoint() {
		TestRunners.withoutWeb()
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(McpRemoteTransportAutoConfiguration.class)
				.doesNotHaveBean(ServletRegistrationBean.class));
	}

	@Test
	void whenOwnBeansThenTheyWin() {
		this.contextRunner.withUserConfiguration(OwnBeans.class).run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(CallerResolver.class)
				.hasSingleBean(UsedStates.class)
				.doesNotHaveBean(PrincipalCallerResolver.class)
				.doesNotHaveBean(InMemoryUsedStates.class);
			assertThat(context.getBean(CallerResolver.class)).isSameAs(OwnBeans.CALLERS);
			assertThat(context.getBean(UsedStates.class)).isSameAs(OwnBeans.STATES);
		});
	}

	@Test
	void whenOwnGuardThenInPipeline() {
		this.contextRunner.withUserConfiguration(OwnGuard.class)
			.run((context) -> assertThat(context.getBean(CallPipeline.class).guards())
				.contains(context.getBean("ownGuard", CallGuard.class)));
	}

	@ParameterizedTest
	@CsvSource({ "mcp.remote.public-url, http://mcp.example.com/mcp", "mcp.remote.public-url, /mcp",
			"mcp.remote.public-url, mcp.example.com", "mcp.remote.public-url, https://mcp.example.com/mcp?a=b",
			"mcp.remote.public-url, https://mcp.example.com/mcp#a", "mcp.remote.public-url, ftp://mcp.example.com/mcp",
			"mcp.remote.public-url, https:mcp", "mcp.remote.public-url, http://localhost.example.com/mcp",
			"mcp.remote.message.max-size, 1023B", "mcp.remote.message.max-size, 65MB",
			"mcp.remote.message.max-size, -1B", "mcp.remote.message.max-depth, 0",
			"mcp.remote.message.max-string-length, 0", "mcp.remote.message.max-array-length, -1",
			"mcp.remote.message.max-batch-size, 0", "mcp.remote.list.page-size, 0", "mcp.remote.list.time-to-live, -1s",
			"mcp.remote.stream.long-call-after, 0s", "mcp.remote.stream.call-heartbeat, -2s",
			"mcp.remote.stream.keep-alive, 0s", "mcp.remote.stream.max-open, 0",
			"mcp.remote.stream.max-open-per-caller, 0", "mcp.remote.request-state.time-to-live, 0s" })
	void whenValueCannotWorkThenSaysWhichProperty(String name, String value) {
		this.contextRunner.withPropertyValues(name + "=" + value)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo(name);
					assertThat(ex.getReason()).endsWith(".");
				}));
	}

	@ParameterizedTest
	@CsvSource({ "mcp.remote.message.max-depth, many", "mcp.remote.stream.keep-alive, soon",
			"mcp.remote.message.max-size, large", "mcp.remote.public-url, https://in valid" })
	void whenValueCannotBeReadThenSaysWhichProperty(String name, String value) {
		this.contextRunner.withPropertyValues(name + "=" + value)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.satisfies((failure) -> assertThat(failure).hasStackTraceContaining(name)));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "https://mcp.example.com/mcp", "https://mcp.example.com:8443/mcp", "http://localhost:8080/mcp",
					"http://127.0.0.1/mcp", "http://[::1]:8080/mcp", "HTTPS://mcp.example.com", "" })
	void whenPublicUrlCanWorkThenStarts(String url) {
		this.contextRunner.withPropertyValues("mcp.remote.public-url=" + url)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.stream.keep-alive=1ns", "mcp.remote.list.time-to-live=0s",
			"mcp.remote.message.max-size=1KB", "mcp.remote.message.max-size=64MB" })
	void whenValueIsAtItsBoundThenStarts(String property) {
		this.contextRunner.withPropertyValues(property).run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@MethodSource
	void whenRequestStateKeyCannotWorkThenSaysWhichPropertyButNotTheKey(String key) {
		this.contextRunner.withPropertyValues("mcp.remote.request-state.keys=" + key).run((context) -> {
			assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("mcp.remote.request-state.keys");
			assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(stackTrace(failure)).doesNotContain(key));
		});
	}

	static Stream<String> whenRequestStateKeyCannotWorkThenSaysWhichPropertyButNotTheKey() {
		return Stream.of("not/Base64/at-all!", base64(16), base64(31), base64(33), base64(64));
	}

	@Test
	void whenRequestStateKeysCanWorkThenStarts() {
		this.contextRunner
			.withPropertyValues("mcp.remote.request-state.keys=" + base64(32) + ", " + base64(32).replace('x', 'y'))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static String base64(int length) {
		return Base64.getEncoder().encodeToString("x".repeat(length).getBytes());
	}

	private static String stackTrace(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		static final CallerResolver CALLERS = (request) -> Caller.anonymous("somewhere");

		static final UsedStates STATES = (String id, Instant expires) -> true;

		@Bean
		CallerResolver ownCallers() {
			return CALLERS;
		}

		@Bean
		UsedStates ownStates() {
			return STATES;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnGuard {

		@Bean
		CallGuard ownGuard() {
			return new CallGuard() {

				@Override
				public CallStage stage() {
					return CallStage.AUDIT;
				}

				@Override
				public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
					return next.proceed(call, context);
				}

			};
		}

	}

}
