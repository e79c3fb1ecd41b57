// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpArg;
import org.springframework.ai.mcp.annotation.McpComplete;
import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;

/**
 * A server that offers something of every kind.
 */
final class CatalogServer {

	private CatalogServer() {
	}

	static RunningServer start(String... properties) {
		return RunningServer.start(List.of(properties), OfferedTools.class, OfferedTargets.class);
	}

	/**
	 * Start a server that does not tell its clients of changes.
	 */
	static RunningServer silent() {
		return start("spring.ai.mcp.server.tool-change-notification=false",
				"spring.ai.mcp.server.prompt-change-notification=false",
				"spring.ai.mcp.server.resource-change-notification=false");
	}

	/**
	 * Return the names of all tools that are listed, in their order.
	 */
	static List<String> names(RunningServer each) {
		List<String> names = new ArrayList<>();
		String cursor = "";
		do {
			JsonNode page = RunningServer.json(each.modern(ModernRequest.of("tools/list").param("cursor", cursor)));
			page.at("/result/tools").forEach((tool) -> names.add(tool.get("name").asString()));
			cursor = page.at("/result/nextCursor").asString(null);
		}
		while (cursor != null);
		return names;
	}

	/**
	 * Make a legacy call of a tool without arguments.
	 */
	static String call(String tool) {
		return LegacyClient.message(1, "tools/call", Map.of("name", tool, "arguments", Map.of()));
	}

	static SyncToolSpecification tool(String name) {
		return tool(name, Map.of("type", "object"));
	}

	static SyncToolSpecification tool(String name, Map<String, Object> schema) {
		return new SyncToolSpecification(Tool.builder(name, schema).build(),
				(exchange, request) -> CallToolResult.builder().addTextContent(name).build());
	}

	static class OfferedTools {

		@McpTool(name = "zulu", description = "Last")
		String zulu() {
			return "zulu";
		}

		@McpTool(name = "alpha", description = "First")
		String alpha() {
			return "alpha";
		}

		@McpTool(name = "empty-report", description = "Nothing to report", generateOutputSchema = true)
		Report emptyReport() {
			return new Report("r", null, null, null, null, null, null);
		}

		@McpTool(name = "full-report", description = "Much to report, some of it nothing", generateOutputSchema = true)
		Report fullReport() {
			Map<String, String> labels = new LinkedHashMap<>();
			labels.put("known", "yes");
			labels.put("unknown", null);
			return new Report("r", 7, Mood.GOOD, new Author("ada", null), Arrays.asList(null, new Author(null, 1)),
					labels, Arrays.asList("a", null));
		}

		@McpTool(name = "reports", description = "Several reports", generateOutputSchema = true)
		Reports reports() {
			return new Reports(Arrays.asList(emptyReport(), null, fullReport()), null);
		}

		@McpTool(name = "report-map", description = "Reports by name", generateOutputSchema = true)
		ReportMap reportMap() {
			Map<String, Report> reports = new LinkedHashMap<>();
			reports.put("none", null);
			reports.put("empty", emptyReport());
			return new ReportMap(reports);
		}

	}

	static class OfferedTargets {

		@McpPrompt(name = "charlie", description = "Third")
		String charlie() {
			return "charlie";
		}

		@McpPrompt(name = "alpha", description = "First")
		String alpha() {
			return "alpha";
		}

		@McpPrompt(name = "bravo", description = "Second")
		String bravo(@McpArg(name = "who", required = true) String who) {
			return "hello " + who;
		}

		@McpComplete(prompt = "bravo")
		List<String> completeBravo(String value) {
			return List.of("ada", "alan", "bob").stream().filter((name) -> name.startsWith(value)).toList();
		}

		@McpResource(uri = "test://c", name = "c", description = "Third")
		String resourceC() {
			return "c";
		}

		@McpResource(uri = "test://a", name = "a", description = "First")
		String resourceA() {
			return "a";
		}

		@McpResource(uri = "test://b", name = "b", description = "Second")
		String resourceB() {
			return "b";
		}

		@McpResource(uri = "test://users/{id}", name = "user", description = "A user")
		String user(String id) {
			if ("gone".equals(id)) {
				throw McpError.RESOURCE_NOT_FOUND.apply("test://users/gone");
			}
			if ("broken".equals(id)) {
				throw new IllegalStateException("no row of users");
			}
			return "user " + id;
		}

		@McpComplete(uri = "test://users/{id}")
		List<String> completeUser(String value) {
			return (value.isEmpty()) ? IntStream.rangeClosed(1, 150).mapToObj(String::valueOf).toList()
					: List.of(value + "0");
		}

		@McpResource(uri = "test://groups/{id}", name = "group", description = "A group")
		String group(String id) {
			return "group " + id;
		}

		@McpResource(uri = "test://areas/{id}", name = "area", description = "An area")
		String area(String id) {
			return "area " + id;
		}

	}

	enum Mood {

		GOOD, BAD

	}

	record Author(@Nullable String name, @Nullable Integer age) {

	}

	record Report(String title, @Nullable Integer pages, @Nullable Mood mood, @Nullable Author author,
			@Nullable List<Author> reviewers, @Nullable Map<String, String> labels, @Nullable List<String> tags) {

	}

	record Reports(List<Report> all, @Nullable Report best) {

	}

	record ReportMap(Map<String, Report> byName) {

	}

}
