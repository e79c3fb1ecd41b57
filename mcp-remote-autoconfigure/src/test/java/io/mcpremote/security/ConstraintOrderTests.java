// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may not call a tool does not learn what is wrong with the arguments, even if it is
 * the method that says so.
 */
class ConstraintOrderTests {

	@ParameterizedTest
	@ValueSource(strings = { "SYNC", "ASYNC" })
	void callWhenNotAllowedThenConstraintsAreNotLookedAt(String type) {
		try (RunningServer server = server(type, MethodSecurity.class, Plain.class, Proxied.class)) {
			for (String tool : List.of("plain", "validated", "by_policy")) {
				check(server, tool);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SYNC", "ASYNC" })
	void callWhenReactiveThenTheSame(String type) {
		try (RunningServer server = server(type, ReactiveMethodSecurity.class, Later.class)) {
			check(server, "later");
		}
	}

	private static void check(RunningServer server, String tool) {
		HttpResponse<String> denied = call(server, tool, "hi", "");
		assertThat(denied.statusCode()).as(tool + ": " + denied.body()).isEqualTo(403);
		assertThat(denied.body()).doesNotContain("'message'", "size");
		HttpResponse<String> invalid = call(server, tool, "hi", "SCOPE_read");
		assertThat(RunningServer.text(RunningServer.json(invalid))).as(tool)
			.isEqualTo("The argument 'message' is not valid: size must be between 5 and 20.");
		HttpResponse<String> valid = call(server, tool, "hello", "SCOPE_read");
		assertThat(RunningServer.text(RunningServer.json(valid))).as(tool).isEqualTo("hello");
	}

	private static RunningServer server(String type, Class<?>... components) {
		Class<?>[] all = Stream.concat(Stream.of(TestAuthentication.class), Arrays.stream(components))
			.toArray(Class<?>[]::new);
		return RunningServer.start(List.of("mcp.remote.security.enabled=true",
				"spring.autoconfigure.exclude=io.mcpremote.security.McpRemoteSecurityAutoConfiguration",
				"spring.ai.mcp.server.type=" + type), all);
	}

	private static HttpResponse<String> call(RunningServer server, String tool, String message, String authorities) {
		ModernRequest request = ModernRequest.callTool(tool, Map.of("message", message));
		return server.post(request.body(),
				Stream.concat(Arrays.stream(request.headers()), Arrays.stream(TestAuthentication.as(authorities)))
					.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class MethodSecurity {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableReactiveMethodSecurity
	static class ReactiveMethodSecurity {

	}

	static class Plain {

		@McpTool(name = "plain", description = "A rule and a constraint")
		@PreAuthorize("hasAuthority('SCOPE_read')")
		String plain(@Size(min = 5, max = 20) String message) {
			return message;
		}

		@McpTool(name = "by_policy", description = "A policy and a constraint")
		@ToolPolicy(scopes = "read")
		String byPolicy(@Size(min = 5, max = 20) String message) {
			return message;
		}

	}

	@Validated
	static class Proxied {

		@McpTool(name = "validated", description = "A rule and a constraint, validated by Spring")
		@PreAuthorize("hasAuthority('SCOPE_read')")
		String validated(@Size(min = 5, max = 20) String message) {
			return message;
		}

	}

	static class Later {

		@McpTool(name = "later", description = "A rule and a constraint, in time")
		@PreAuthorize("hasAuthority('SCOPE_read')")
		Mono<String> later(@Size(min = 5, max = 20) String message) {
			return Mono.just(message);
		}

	}

}
