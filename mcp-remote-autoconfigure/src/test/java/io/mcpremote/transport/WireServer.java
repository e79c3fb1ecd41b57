// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.Map;

import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest.CompleteArgument;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import org.springframework.ai.mcp.annotation.McpArg;
import org.springframework.ai.mcp.annotation.McpComplete;
import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A server with a little of everything, for tests that are about the wire.
 */
final class WireServer {

	private WireServer() {
	}

	static RunningServer start(String... properties) {
		return RunningServer.start(List.of(properties), Offers.class);
	}

	private static void who(InputQuestions questions) {
		Map<String, Object> schema = Map.of("type", "object", "properties", Map.of("name", Map.of("type", "string")));
		questions.elicit("who", ElicitFormRequest.builder("Who?", schema).build());
	}

	@Configuration(proxyBeanMethods = false)
	static class Offers {

		private static final Map<String, Object> REGIONAL = Map.of("type", "object", "properties",
				Map.of("region", property("string", "Region"), "count", property("integer", "Count"), "dry",
						property("boolean", "Dry"), "place",
						Map.of("type", "object", "properties", Map.of("city", property("string", "City"))), "note",
						Map.of("type", "string")));

		@Bean
		Tools tools() {
			return new Tools();
		}

		@Bean
		List<SyncToolSpecification> regional() {
			return List.of(
					SyncToolSpecification.builder()
						.tool(Tool.builder("regional", REGIONAL).description("Repeats arguments in headers").build())
						.callHandler((exchange, request) -> called(request))
						.build(),
					SyncToolSpecification.builder()
						.tool(Tool.builder("guarded", REGIONAL).description("Repeats arguments and asks").build())
						.callHandler((exchange, request) -> {
							InputRounds.of(exchange).ask(WireServer::who);
							return called(request);
						})
						.build());
		}

		private static CallToolResult called(CallToolRequest request) {
			return CallToolResult.builder().addTextContent("called").build();
		}

		private static Map<String, Object> property(String type, String header) {
			return Map.of("type", type, "x-mcp-header", header);
		}

	}

	static class Tools {

		@McpTool(name = "echo", description = "Says the same again")
		String echo(@McpToolParam(description = "What to say") String text) {
			return text;
		}

		@McpTool(name = "add", description = "Adds two numbers")
		long add(@McpToolParam(description = "One") int one, @McpToolParam(description = "Other") int other) {
			return (long) one + other;
		}

		@McpTool(name = "break", description = "Always fails")
		String fail() {
			throw new IllegalStateException("a secret of the application");
		}

		@McpTool(name = "report", description = "Tells how it is getting on")
		String report(McpSyncRequestContext context) {
			context.progress(50);
			context.info("half way");
			return "done";
		}

		@McpTool(name = "ask", description = "Asks for a name")
		String ask(McpSyncRequestContext context) {
			return InputRounds.of(context).ask(WireServer::who).elicitation("who").action().name();
		}

		@McpPrompt(name = "greet", description = "Greets somebody")
		String greet(@McpArg(name = "name", description = "Whom", required = true) String name) {
			return "Say hello to " + name;
		}

		@McpComplete(prompt = "greet")
		List<String> complete(CompleteArgument argument) {
			return List.of(argument.value() + "a", argument.value() + "b");
		}

		@McpResource(uri = "test://text", name = "text", description = "A line of text", mimeType = "text/plain")
		String text() {
			return "a line of text";
		}

		@McpResource(uri = "test://item/{id}", name = "item", description = "An item", mimeType = "text/plain")
		String item(String id) {
			return "item " + id;
		}

	}

}
