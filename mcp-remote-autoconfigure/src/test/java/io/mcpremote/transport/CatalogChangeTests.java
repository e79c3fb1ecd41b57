// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is added, replaced or removed at run time counts at once, in both eras.
 */
class CatalogChangeTests {

	private static RunningServer server;

	private static RunningServer silent;

	@BeforeAll
	static void start() {
		server = CatalogServer.start("mcp.remote.list.page-size=2");
		silent = CatalogServer.silent();
	}

	@AfterAll
	static void stop() {
		server.close();
		silent.close();
	}

	@Test
	void pageWhenRegisteredInAnyOrderThenSorted() {
		McpSyncServer sdk = silent.context().getBean(McpSyncServer.class);
		List<String> before = CatalogServer.names(silent);
		List<String> added = List.of("zz", "aa", "mm", "Aa", "a-1", "a_1");
		added.forEach((name) -> sdk.addTool(CatalogServer.tool(name)));
		try {
			List<String> expected = new ArrayList<>(before);
			expected.addAll(added);
			expected.sort(null);
			assertThat(CatalogServer.names(silent)).isEqualTo(expected);
		}
		finally {
			added.forEach(sdk::removeTool);
		}
		assertThat(CatalogServer.names(silent)).isEqualTo(before);
	}

	@Test
	void addToolWhenAtRunTimeThenThereAtOnceInBothEras() {
		for (RunningServer each : List.of(server, silent)) {
			McpSyncServer sdk = each.context().getBean(McpSyncServer.class);
			assertUnknown(each, "late");
			sdk.addTool(CatalogServer.tool("late"));
			assertThat(CatalogServer.names(each)).contains("late");
			assertThat(RunningServer.text(RunningServer.json(each.modern(ModernRequest.callTool("late", Map.of())))))
				.isEqualTo("late");
			assertThat(RunningServer.text(RunningServer.json(each.post(CatalogServer.call("late"))))).isEqualTo("late");
			sdk.removeTool("late");
			assertThat(CatalogServer.names(each)).doesNotContain("late");
			assertUnknown(each, "late");
		}
	}

	@Test
	void addToolWhenReplacedThenNewSchemaCounts() {
		Map<String, Object> schema = Map.of("type", "object", "properties",
				Map.of("region", Map.of("type", "string", "x-mcp-header", "Region")));
		for (RunningServer each : List.of(server, silent)) {
			McpSyncServer sdk = each.context().getBean(McpSyncServer.class);
			sdk.addTool(CatalogServer.tool("replaced"));
			Map<String, Object> arguments = Map.of("region", "west");
			assertThat(each.modern(ModernRequest.callTool("replaced", arguments)).statusCode()).isEqualTo(200);
			sdk.removeTool("replaced");
			sdk.addTool(CatalogServer.tool("replaced", schema));
			HttpResponse<String> mismatch = each.modern(ModernRequest.callTool("replaced", arguments));
			assertThat(mismatch.statusCode()).isEqualTo(400);
			assertThat(RunningServer.json(mismatch).at("/error/code").asInt()).isEqualTo(-32020);
			assertThat(each.modern(ModernRequest.callTool("replaced", arguments).header("Mcp-Param-Region", "west"))
				.statusCode()).isEqualTo(200);
			sdk.removeTool("replaced");
		}
	}

	@Test
	void addPromptWhenReplacedThenNewArgumentsCount() {
		for (RunningServer each : List.of(server, silent)) {
			McpSyncServer sdk = each.context().getBean(McpSyncServer.class);
			sdk.addPrompt(prompt("changing", false));
			assertThat(RunningServer.json(each.modern(prompt("changing", Map.of()))).has("result")).isTrue();
			sdk.removePrompt("changing");
			sdk.addPrompt(prompt("changing", true));
			assertThat(RunningServer.json(each.modern(prompt("changing", Map.of()))).at("/error/code").asInt())
				.isEqualTo(-32602);
			sdk.removePrompt("changing");
		}
	}

	private static void assertUnknown(RunningServer each, String tool) {
		assertThat(RunningServer.json(each.modern(ModernRequest.callTool(tool, Map.of()))).at("/error/code").asInt())
			.isEqualTo(-32602);
		assertThat(RunningServer.json(each.post(CatalogServer.call(tool))).at("/error/code").asInt()).isEqualTo(-32602);
	}

	private static ModernRequest prompt(String name, Map<String, ?> arguments) {
		return ModernRequest.of("prompts/get")
			.param("name", name)
			.param("arguments", arguments)
			.header("Mcp-Name", name);
	}

	private static SyncPromptSpecification prompt(String name, boolean required) {
		return new SyncPromptSpecification(Prompt.builder(name)
			.arguments(List.of(PromptArgument.builder("who").required(required).build()))
			.build(), (exchange, request) -> GetPromptResult.builder(List.of()).build());
	}

}
