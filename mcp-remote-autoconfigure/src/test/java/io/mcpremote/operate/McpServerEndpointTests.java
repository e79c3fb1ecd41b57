// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestRunners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operators see what applies and what goes on, and nothing secret.
 */
class McpServerEndpointTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=mcp";

	private final WebApplicationContextRunner runner = TestRunners.servlet()
		.withPropertyValues("mcp.remote.rate-limit.enabled=false")
		.withUserConfiguration(Tools.class);

	@Test
	void whenExposedThenThere() {
		this.runner.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(McpServerEndpoint.class)
				.hasSingleBean(StatisticsGuard.class));
	}

	@Test
	void whenNotExposedThenNothingOfIt() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(McpServerEndpoint.class)
			.doesNotHaveBean(StatisticsGuard.class)
			.doesNotHaveBean(CallStatistics.class)
			.doesNotHaveBean(PolicyRows.class));
	}

	@Test
	void whenNoAccessThenNothingOfIt() {
		this.runner.withPropertyValues(EXPOSED, "management.endpoint.mcp.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CallStatistics.class));
	}

	@Test
	void whenNoActuatorThenNothingOfIt() {
		this.runner.withPropertyValues(EXPOSED)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CallStatistics.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp.remote.enabled=false", "spring.ai.mcp.server.stdio=true" })
	void whenNotServedThenNothingOfIt(String property) {
		TestRunners.servletWithoutServer()
			.withPropertyValues(EXPOSED, property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(McpServerEndpoint.class));
	}

	@Test
	void mcpThenEverythingThatApplies() {
		try (RunningServer server = RunningServer.start(
				List.of("mcp.remote.request-state.keys=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", EXPOSED),
				Tools.class)) {
			server.modern(ModernRequest.callTool("greet", Map.of("name", "Alice")));
			server.modern(ModernRequest.callTool("greet", Map.of("name", "Bob")));
			McpServerEndpoint endpoint = server.context().getBean(McpServerEndpoint.class);
			String text = JsonMapper.shared().writeValueAsString(endpoint.mcp());
			JsonNode json = RunningServer.json(text);
			assertThat(json.at("/server/name").asString()).isEqualTo("test-server");
			assertThat(json.at("/server/url").asString()).isEqualTo(server.resource());
			assertThat(json.at("/server/guards").toString()).startsWith("[\"observe\",\"audit\",\"admit\"")
				.contains("deadline");
			assertThat(json.at("/server/stores/used request states").asString()).isEqualTo("memory");
			assertThat(json.at("/server/authentication").asString()).startsWith("none");
			assertThat(json.at("/server/revisions/0").asString()).isEqualTo("2026-07-28");
			assertThat(json.at("/server/keys/requestState/configured").asInt()).isOne();
			assertThat(json.at("/server/keys/requestState/inUseSeconds").isIntegralNumber()).isTrue();
			assertThat(json.at("/server/keys/requestState").has("ageSeconds")).isFalse();
			assertThat(json.at("/tools")).hasSize(2);
			JsonNode greet = json.at("/tools/1");
			assertThat(greet.at("/name").asString()).isEqualTo("greet");
			assertThat(greet.at("/scopes/0").asString()).isEqualTo("read:people");
			assertThat(greet.at("/rateLimit").asString()).contains("5");
			assertThat(greet.at("/figures/calls").asInt()).isEqualTo(2);
			assertThat(greet.at("/breaker/state").asString()).isEqualTo("closed");
			assertThat(json.at("/tools/0/figures").isNull()).isTrue();
			assertThat(json.at("/prompts/0/name").asString()).isEqualTo("ask");
			assertThat(text).doesNotContain("AAECAwQ");
		}
	}

	@Test
	void mcpToolThenThatOneOrNone() {
		this.runner.withPropertyValues(EXPOSED).run((context) -> {
			McpServerEndpoint endpoint = context.getBean(McpServerEndpoint.class);
			assertThat(endpoint.mcpTool("bye")).extracting(PolicyRow::timeout).isEqualTo("30s");
			assertThat(endpoint.mcpTool("no-such-tool")).isNull();
		});
	}

	@Test
	void endpointWhenAskedForWithHealthThenOverHttpAsOthers() {
		// Without the web part of the actuator nothing is served, which is how the
		// endpoint itself is known to open nothing
		try (RunningServer server = RunningServer.start(List.of(EXPOSED), Tools.class)) {
			HttpResponse<String> response = server.send(
					HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/actuator/mcp")).build());
			assertThat(response.statusCode()).isEqualTo(404);
		}
	}

	static class Tools {

		@McpTool(name = "greet", description = "Greets")
		@ToolPolicy(scopes = "read:people", rateLimit = "5/1h")
		String greet(String name) {
			return "Hello " + name;
		}

		@McpTool(name = "bye", description = "Says good-bye")
		String bye(String name) {
			return "Bye " + name;
		}

		@McpPrompt(name = "ask", description = "Asks")
		String ask(String about) {
			return about;
		}

	}

}
