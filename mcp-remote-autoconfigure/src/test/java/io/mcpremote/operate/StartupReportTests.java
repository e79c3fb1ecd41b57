// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One report says what is served, to whom and how; of a bounded length and without
 * secrets.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupReportTests {

	@Test
	void startThenOneReport(CapturedOutput output) {
		try (RunningServer server = RunningServer.start(GreetingTool.class)) {
			assertThat(output)
				.contains("Serving MCP at http://localhost:" + server.port() + "/mcp (1 tools, 0 prompts");
		}
		assertThat(output).containsOnlyOnce("Serving MCP at")
			.containsOnlyOnce("What applies to calls (nobody asks who that is");
		assertThat(output.getOut().lines()).anyMatch((line) -> line.matches("  server +test-server 1.2.3"))
			.anyMatch((line) -> line.matches("  revisions +2026-07-28, 2025-11-25, .*2024-11-05"))
			.anyMatch((line) -> line.matches("  sessions +none, stateless"))
			.anyMatch((line) -> line.matches("  authentication +none: everybody who can reach the endpoint.*"))
			.anyMatch((line) -> line.matches("  stores +.*used request states.* in memory"))
			.anyMatch((line) -> line.matches("  calls pass +.*admit -> .* -> target"))
			.anyMatch((line) -> line.matches("  tool +greet .*"));
	}

	@Test
	void startWhenUrlsHoldCredentialsThenNotInTheReport(CapturedOutput output) {
		RunningServer.secured(List.of(
				"spring.security.oauth2.resourceserver.jwt.jwk-set-uri=https://me:hunter2@keys.example/jwks?t=hunter3",
				"mcp.remote.security.authorization-servers=https://issuer.example",
				"mcp.remote.request-state.keys=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="), GreetingTool.class)
			.close();
		assertThat(output).contains("access tokens signed with the keys at https://keys.example/jwks")
			.doesNotContain("hunter2", "hunter3", "AAECAwQ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://me:hunter2@keys_1.example/jwks", "https:me:hunter2@keys.example/jwks" })
	void wordsWhenHostCannotBeReadThenNothingOfTheUrl(String url) {
		MockEnvironment environment = new MockEnvironment()
			.withProperty("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", url);
		assertThat(new AuthenticationWords(environment, new DefaultListableBeanFactory())).asString()
			.contains("not shown")
			.doesNotContain("hunter2");
	}

	@Test
	void startWhenThereAreAThousandToolsThenReportIsBounded(CapturedOutput output) {
		RunningServer.start(ManyTools.class).close();
		assertThat(output).contains("(1000 tools", "and 800 more");
		assertThat(output.getOut().lines().filter((line) -> line.contains("many_"))).hasSizeBetween(150, 200);
	}

	static class GreetingTool {

		@McpTool(name = "greet", description = "Greets")
		String greet(String name) {
			return "Hello " + name;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ManyTools {

		@Bean
		List<SyncToolSpecification> manyTools() {
			return IntStream.range(0, 1000)
				.mapToObj((i) -> SyncToolSpecification.builder()
					.tool(Tool.builder("many_" + i, Map.of("type", "object")).description("One of many").build())
					.callHandler((exchange, request) -> CallToolResult.builder().addTextContent("done").build())
					.build())
				.toList();
		}

	}

}
