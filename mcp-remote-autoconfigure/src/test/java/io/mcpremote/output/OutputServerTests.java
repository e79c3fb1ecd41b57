// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import java.util.List;
import java.util.Map;

import io.mcpremote.call.ToldToClient;
import io.mcpremote.call.ToolException;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients get of results that are too large or hide something, and of exceptions
 * that are meant for them.
 */
class OutputServerTests {

	private static RunningServer server;

	private static RunningServer flagging;

	@BeforeAll
	static void start() {
		server = RunningServer.start(List.of("mcp.remote.output.max-size=10KB"), Tools.class, Filters.class);
		flagging = RunningServer.start(List.of("mcp.remote.output.invisible-characters=flag"), Tools.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		flagging.close();
	}

	@Test
	void callWhenTextHidesSomethingThenStripped() {
		assertThat(RunningServer.text(tool(server, "hiding"))).isEqualTo("All is well");
	}

	@Test
	void callWhenStructuredThenBothFormsAreTheSame() {
		JsonNode answer = tool(server, "structured");
		assertThat(answer.at("/result/structuredContent/name").asString()).isEqualTo("Rope [31m");
		assertThat(RunningServer.json(RunningServer.text(answer))).isEqualTo(answer.at("/result/structuredContent"));
		assertThat(answer.at("/result/isError").asBoolean(false)).isFalse();
	}

	@Test
	void callWhenFlaggingThenMarkedBesideWhatBelongsThere() {
		JsonNode answer = tool(flagging, "hiding");
		assertThat(RunningServer.text(answer)).isEqualTo("All is \u202Ewell\u200B");
		assertThat(answer.at("/result/_meta").has(InvisibleMark.NAME)).isTrue();
		assertThat(answer.at("/result/_meta").has("io.modelcontextprotocol/serverInfo")).isTrue();
		assertThat(tool(flagging, "fits").at("/result/_meta").has(InvisibleMark.NAME)).isFalse();
	}

	@Test
	void callWhenTooLargeThenToldToNarrow() {
		for (String tool : List.of("large", "large_structured", "large_reactive")) {
			JsonNode answer = tool(server, tool);
			assertThat(answer.at("/result/isError").asBoolean()).as(tool).isTrue();
			assertThat(RunningServer.text(answer)).contains("10 KB", "Narrow the query");
			assertThat(answer.at("/result").has("structuredContent")).isFalse();
		}
		assertThat(RunningServer.text(tool(server, "fits"))).hasSize(9000);
	}

	@Test
	void readAndPromptWhenTooLargeThenErrorAndElseStripped() {
		JsonNode large = read("docs://large");
		assertThat(large.at("/error/code").asInt()).isEqualTo(-32603);
		assertThat(large.at("/error/message").asString()).contains("Narrow the query");
		assertThat(read("docs://hiding").at("/result/contents/0/text").asString()).isEqualTo("nothing");
		JsonNode prompt = RunningServer
			.json(server.modern(ModernRequest.of("prompts/get").param("name", "ask").header("Mcp-Name", "ask")));
		assertThat(prompt.at("/result/messages/0/content/text").asString()).isEqualTo("Do it");
	}

	@Test
	void callWhenApplicationFiltersThenInItsOrder() {
		assertThat(RunningServer.text(tool(server, "card"))).isEqualTo("Card ****-****");
		JsonNode refused = tool(server, "virus");
		assertThat(refused.at("/result/isError").asBoolean()).isTrue();
		assertThat(RunningServer.text(refused)).isEqualTo("This result is not for anybody.");
	}

	@Test
	void callWhenExceptionIsMeantForClientsThenTold() {
		for (String tool : List.of("told", "told_deep", "told_reactive")) {
			JsonNode answer = tool(server, tool);
			assertThat(answer.at("/result/isError").asBoolean()).as(tool).isTrue();
			assertThat(RunningServer.text(answer)).as(tool).isEqualTo("Order 7 is closed");
		}
		assertThat(RunningServer.text(tool(server, "told_fixed"))).isEqualTo("The warehouse is closed.");
	}

	@Test
	void callWhenExceptionIsNotMeantForClientsThenReferenceOnly() {
		assertThat(RunningServer.text(tool(server, "untold"))).contains("Reference: ").doesNotContain("hunter2");
	}

	private static JsonNode tool(RunningServer asked, String name) {
		return RunningServer.json(asked.modern(ModernRequest.callTool(name, Map.of())));
	}

	private static JsonNode read(String uri) {
		return RunningServer
			.json(server.modern(ModernRequest.of("resources/read").param("uri", uri).header("Mcp-Name", uri)));
	}

	@ToldToClient
	static class OrderClosed extends IllegalStateException {

		OrderClosed(String message) {
			super(message, new IllegalStateException("password=hunter2"));
		}

	}

	static class OrderLongClosed extends OrderClosed {

		OrderLongClosed(String message) {
			super(message);
		}

	}

	@ToldToClient("The warehouse is closed.")
	static class WarehouseClosed extends RuntimeException {

		WarehouseClosed() {
			super("jdbc:postgresql://warehouse");
		}

	}

	record Item(String name, int count) {

	}

	static class Tools {

		@McpTool(name = "hiding", description = "Hides something")
		String hiding() {
			return "All is \u202Ewell\u200B";
		}

		@McpTool(name = "structured", description = "Structured", generateOutputSchema = true)
		Item structured() {
			return new Item("Ro\u00ADpe \u001B[31m", 7);
		}

		@McpTool(name = "large", description = "Large")
		String large() {
			return "x".repeat(10_300);
		}

		@McpTool(name = "large_structured", description = "Large", generateOutputSchema = true)
		Item largeStructured() {
			return new Item("x".repeat(6000), 7);
		}

		@McpTool(name = "large_reactive", description = "Large")
		Mono<String> largeReactive() {
			return Mono.just("x".repeat(10_300));
		}

		@McpTool(name = "fits", description = "Fits")
		String fits() {
			return "x".repeat(9000);
		}

		@McpTool(name = "card", description = "A number")
		String card() {
			return "Card 4\u200B711-0815";
		}

		@McpTool(name = "virus", description = "Bad")
		String virus() {
			return "virus";
		}

		@McpTool(name = "told", description = "Says why")
		String told() {
			throw new OrderLongClosed("Order 7 is closed");
		}

		@McpTool(name = "told_deep", description = "Says why")
		String toldDeep() {
			throw new IllegalArgumentException("hunter2", new OrderClosed("Order 7 is closed"));
		}

		@McpTool(name = "told_reactive", description = "Says why")
		Mono<String> toldReactive() {
			return Mono.error(new OrderClosed("Order 7 is closed"));
		}

		@McpTool(name = "told_fixed", description = "Says why")
		String toldFixed() {
			throw new WarehouseClosed();
		}

		@McpTool(name = "untold", description = "Does not say why")
		String untold() {
			throw new IllegalStateException("password=hunter2");
		}

		@McpResource(uri = "docs://large", name = "large", description = "Large")
		String largeDocument() {
			return "x".repeat(20_000);
		}

		@McpResource(uri = "docs://hiding", name = "hiding", description = "Hides something")
		String hidingDocument() {
			return "no\u2060thing";
		}

		@McpPrompt(name = "ask", description = "Asks")
		String ask() {
			return "Do\u200B it";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Filters {

		@Bean
		@Order(2)
		OutputFilter groups() {
			return (call, text) -> text.replace("####", "****");
		}

		@Bean
		@Order(1)
		OutputFilter digits() {
			return (call, text) -> ("card".equals(call.target())) ? text.replaceAll("[0-9]", "#") : text;
		}

		@Bean
		OutputFilter scanner() {
			return (call, text) -> {
				if (text.contains("virus")) {
					throw new ToolException("This result is not for anybody.");
				}
				return text;
			};
		}

	}

}
