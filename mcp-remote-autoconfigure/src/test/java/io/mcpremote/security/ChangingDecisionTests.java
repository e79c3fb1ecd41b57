// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.TargetKind;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.mcp.annotation.McpArg;
import org.springframework.ai.mcp.annotation.McpComplete;
import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A decision of the application is asked each time: what it takes away is gone with the
 * next call, and what it gives back is there again.
 */
class ChangingDecisionTests {

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = RunningServer.start(List.of("mcp.remote.security.enabled=true",
				"spring.autoconfigure.exclude=io.mcpremote.security.McpRemoteSecurityAutoConfiguration",
				"mcp.remote.sessions.enabled=true"), TestAuthentication.class, Switch.class, Offered.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void allow() {
		permissions().turn(true);
	}

	@ParameterizedTest(name = "{0} of {2}")
	@MethodSource("uses")
	void useWhenDecisionChangesThenFollows(String method, Map<String, ?> params, String name, String unknown) {
		LegacyClient client = LegacyClient.begin(server, "2025-11-25", "{}", TestAuthentication.as(""));
		assertThat(RunningServer.json(client.call(1, method, params)).has("result")).isTrue();
		permissions().turn(false);
		HttpResponse<String> denied = client.call(1, method, params);
		HttpResponse<String> none = client.call(1, method, replaced(params, name, unknown));
		assertThat(denied.statusCode()).isEqualTo(none.statusCode());
		assertThat(denied.body()).isEqualTo(none.body().replace(unknown, name)).contains("\"error\"");
		permissions().turn(true);
		assertThat(RunningServer.json(client.call(1, method, params)).has("result")).isTrue();
		client.delete();
	}

	static List<Arguments> uses() {
		Map<String, ?> argument = Map.of("name", "id", "value", "");
		return List.of(Arguments.of("tools/call", Map.of("name", "tool", "arguments", Map.of()), "tool", "none"),
				Arguments.of("prompts/get", Map.of("name", "prompt"), "prompt", "none"),
				Arguments.of("resources/read", Map.of("uri", "docs://one"), "docs://one", "docs://none"),
				Arguments.of("resources/read", Map.of("uri", "docs://many/7"), "docs://many/7", "docs://none/7"),
				Arguments.of("resources/subscribe", Map.of("uri", "docs://one"), "docs://one", "docs://none"),
				Arguments.of("completion/complete",
						Map.of("ref", Map.of("type", "ref/prompt", "name", "prompt"), "argument", argument), "prompt",
						"none"),
				Arguments.of("completion/complete",
						Map.of("ref", Map.of("type", "ref/resource", "uri", "docs://many/{id}"), "argument", argument),
						"docs://many/{id}", "docs://none/{id}"));
	}

	@ParameterizedTest
	@MethodSource("lists")
	void listWhenDecisionChangesThenFollows(String method, String name) {
		assertThat(list(method)).contains(name);
		permissions().turn(false);
		assertThat(list(method)).doesNotContain(name);
		permissions().turn(true);
		assertThat(list(method)).contains(name);
	}

	static List<Arguments> lists() {
		return List.of(Arguments.of("tools/list", "\"tool\""), Arguments.of("prompts/list", "\"prompt\""),
				Arguments.of("resources/list", "docs://one"),
				Arguments.of("resources/templates/list", "docs://many/{id}"));
	}

	private static String list(String method) {
		return server.post(LegacyClient.message(1, method, Map.of()), TestAuthentication.as("")).body();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, ?> replaced(Map<String, ?> params, String name, String other) {
		String json = LegacyClient.message(1, "any", params).replace("\"" + name + "\"", "\"" + other + "\"");
		return (Map<String, ?>) RunningServer.plain(RunningServer.json(json).get("params"));
	}

	private static Switch permissions() {
		return server.context().getBean(Switch.class);
	}

	/**
	 * Allows everything or nothing.
	 */
	static class Switch implements AccessDecision {

		private volatile boolean on = true;

		void turn(boolean allows) {
			this.on = allows;
		}

		@Override
		public boolean mayUse(Authentication caller, TargetKind kind, String name) {
			return this.on;
		}

	}

	static class Offered {

		@McpTool(name = "tool", description = "A tool")
		String tool() {
			return "done";
		}

		@McpPrompt(name = "prompt", description = "A prompt")
		String prompt(@McpArg(name = "id", description = "What for") String id) {
			return "prompt";
		}

		@McpComplete(prompt = "prompt")
		List<String> ids(String text) {
			return List.of("7");
		}

		@McpResource(uri = "docs://one", name = "One", description = "A resource")
		String one() {
			return "one";
		}

		@McpResource(uri = "docs://many/{id}", name = "Many", description = "Resources")
		String many(String id) {
			return "many " + id;
		}

		@McpComplete(uri = "docs://many/{id}")
		List<String> many() {
			return List.of("7");
		}

	}

}
