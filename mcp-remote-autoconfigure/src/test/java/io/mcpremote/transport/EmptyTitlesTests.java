// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists have the titles that were given, and no empty ones.
 */
class EmptyTitlesTests {

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = RunningServer.start(List.of(), Titles.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "tools", "prompts" })
	void listWhenTitleGivenThenHasItAndElseNone(String member) {
		JsonNode list = RunningServer.json(server.modern(ModernRequest.of(member + "/list"))).at("/result/" + member);
		assertThat(list).hasSize(2).allMatch((entry) -> entry.has("description"));
		assertThat(list.findValues("title")).extracting(JsonNode::asString).isNotEmpty().doesNotContain("");
		assertThat(list.get(0).get("title").asString()).isEqualTo("A title");
	}

	static class Titles {

		@McpTool(name = "a", title = "A title", description = "Has a title",
				annotations = @McpTool.McpAnnotations(title = "A hint"))
		String toolWithTitle() {
			return "";
		}

		@McpTool(name = "b", description = "Has none")
		String tool() {
			return "";
		}

		@McpPrompt(name = "a", title = "A title", description = "Has a title")
		String promptWithTitle() {
			return "";
		}

		@McpPrompt(name = "b", description = "Has none")
		String prompt() {
			return "";
		}

	}

}
