// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.mcpremote.policy.Access;
import io.mcpremote.policy.InvalidPolicyException;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Policies beside the annotation that Spring AI's models know apply when such tools are
 * served, in whichever way they are offered.
 */
class ToolCallbackPolicyTests {

	@ParameterizedTest
	@ValueSource(classes = { Provider.class, Providers.class, Callback.class, Callbacks.class })
	void callThenAsThePolicySays(Class<?> offered) {
		for (String type : List.of("SYNC", "ASYNC")) {
			try (RunningServer server = RunningServer.start(List.of("mcp.remote.security.enabled=true",
					"spring.autoconfigure.exclude=io.mcpremote.security.McpRemoteSecurityAutoConfiguration",
					"spring.ai.mcp.server.type=" + type), TestAuthentication.class, offered)) {
				HttpResponse<String> response = call(server, "secret_sum", TestAuthentication.as(""));
				assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
				assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).contains("scope=\"admin\"");
				assertThat(call(server, "secret_sum", TestAuthentication.as("SCOPE_admin")).body()).contains("42");
				if (offered != Callback.class) {
					assertThat(call(server, "openSum").body()).contains("7");
				}
			}
		}
	}

	@Test
	void startWhenOneOfTwoToolsOfANameHasAPolicyThenRefuses() {
		for (Class<?> twin : List.of(AnnotatedTwin.class, CallbackTwin.class)) {
			assertThatThrownBy(() -> RunningServer.start(
					List.of("mcp.remote.security.enabled=true",
							"spring.autoconfigure.exclude=io.mcpremote.security.McpRemoteSecurityAutoConfiguration",
							"spring.ai.mcp.server.tool-callback-converter=false"),
					TestAuthentication.class, Provider.class, twin)
				.close()).isInstanceOfSatisfying(InvalidPolicyException.class, (ex) -> {
					assertThat(ex).hasMessageContaining("'secret_sum'");
					assertThat(ex.action()).contains("different names");
				});
		}
	}

	@Test
	void callWhenOtherToolOfTheNameIsNotForInjectionThenAsThePolicyOfTheServedOneSays() {
		try (RunningServer server = RunningServer.start(
				List.of("mcp.remote.security.enabled=true",
						"spring.autoconfigure.exclude=io.mcpremote.security.McpRemoteSecurityAutoConfiguration"),
				TestAuthentication.class, Provider.class, Hidden.class)) {
			assertThat(call(server, "secret_sum", TestAuthentication.as("SCOPE_admin")).body()).contains("42");
			assertThat(call(server, "secret_sum", TestAuthentication.as("")).statusCode()).isEqualTo(403);
		}
	}

	@Test
	void startWhenMethodIsNotOfferedThenPolicyGovernsNothing() {
		List<String> properties = List.of("mcp.remote.security.enabled=true",
				"spring.autoconfigure.exclude=io.mcpremote.security.McpRemoteSecurityAutoConfiguration");
		assertThatThrownBy(() -> RunningServer.start(properties, TestAuthentication.class, Both.class).close())
			.isInstanceOfSatisfying(InvalidPolicyException.class, (ex) -> {
				assertThat(ex).hasMessageContaining("Both.sum governs nothing");
				assertThat(ex.action()).contains("@Tool ", "ToolCallbackProvider");
			});
		try (RunningServer server = RunningServer.start(properties, TestAuthentication.class, Both.class,
				BothOffered.class)) {
			assertThat(call(server, "sum", TestAuthentication.as("")).statusCode()).isEqualTo(403);
			assertThat(call(server, "difference", TestAuthentication.as("")).statusCode()).isEqualTo(403);
		}
	}

	private static HttpResponse<String> call(RunningServer server, String tool, String... headers) {
		return server.post(LegacyClient.message(1, "tools/call", Map.of("name", tool, "arguments", Map.of())), headers);
	}

	static class Sums {

		@Tool(name = "secret_sum", description = "For a few")
		@ToolPolicy(scopes = "admin")
		int secretSum() {
			return 42;
		}

		@Tool(description = "For everybody")
		@ToolPolicy(access = Access.PUBLIC)
		int openSum() {
			return 7;
		}

	}

	static class Both {

		@McpTool(name = "difference", description = "For some")
		@ToolPolicy(scopes = "less")
		int difference() {
			return 1;
		}

		@Tool(description = "For some")
		@ToolPolicy(scopes = "more")
		int sum() {
			return 3;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BothOffered {

		@Bean
		ToolCallbackProvider both(Both both) {
			return MethodToolCallbackProvider.builder().toolObjects(both).build();
		}

	}

	/**
	 * For the application's own models, and not for clients.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Hidden {

		@Bean(defaultCandidate = false)
		ToolCallbackProvider hidden() {
			return MethodToolCallbackProvider.builder().toolObjects(new HiddenSums()).build();
		}

	}

	static class HiddenSums {

		@Tool(name = "secret_sum", description = "For nobody")
		int secretSum() {
			return 0;
		}

	}

	static class AnnotatedTwin {

		@McpTool(name = "secret_sum", description = "Has the name of another")
		int sum() {
			return 0;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CallbackTwin {

		@Bean
		ToolCallbackProvider twins() {
			return ToolCallbackProvider.from(ToolCallbacks.from(new Twin()));
		}

	}

	static class Twin {

		@Tool(name = "secret_sum", description = "Has the name of another")
		int sum() {
			return 0;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Provider {

		@Bean
		ToolCallbackProvider sums() {
			return MethodToolCallbackProvider.builder().toolObjects(new Sums()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Providers {

		@Bean
		List<ToolCallbackProvider> sums() {
			return List.of(ToolCallbackProvider.from(ToolCallbacks.from(new Sums())));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Callback {

		@Bean
		ToolCallback sum() {
			return List.of(ToolCallbacks.from(new Sums()))
				.stream()
				.filter((callback) -> "secret_sum".equals(callback.getToolDefinition().name()))
				.findFirst()
				.orElseThrow();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Callbacks {

		@Bean
		List<ToolCallback> sums() {
			return List.of(ToolCallbacks.from(new Sums()));
		}

	}

}
