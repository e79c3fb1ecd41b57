// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpSyncServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Schemas are listed as they are, and results keep what they promise.
 */
class ListedSchemaTests {

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = CatalogServer.silent();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void schemaWhenListedThenUntouched() {
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
		schema.put("$id", "https://example.org/schema");
		schema.put("type", "object");
		schema.put("$defs", Map.of("place", map("$anchor", "place", "type", "string", "minLength", 1)));
		schema.put("properties",
				map("a", map("$ref", "#place"), "b", map("type", "integer", "default", null), "c", map("const", null),
						"d", map("enum", Arrays.asList("x", null, 1)), "e",
						map("type", "string", "x-mcp-header", "Region"), "f", map("not", true, "examples", List.of())));
		schema.put("if", map("properties", map("b", map("const", 1))));
		schema.put("then", map("required", List.of("a")));
		schema.put("else", false);
		schema.put("dependentRequired", map("a", List.of("b")));
		schema.put("patternProperties", map("^x-", true));
		schema.put("unevaluatedProperties", false);
		schema.put("additionalProperties", map("anyOf", List.of(map("type", "null"), map("type", "string"))));
		schema.put("x-nothing", null);
		JsonNode expected = JsonMapper.builder().build().valueToTree(schema);
		McpSyncServer sdk = server.context().getBean(McpSyncServer.class);
		sdk.addTool(CatalogServer.tool("schematic", schema));
		try {
			for (JsonNode list : List.of(page(server.modern(ModernRequest.of("tools/list"))),
					page(server.post(LegacyClient.message(1, "tools/list", Map.of()))))) {
				JsonNode listed = find(list, "schematic").get("inputSchema");
				assertThat(listed).isEqualTo(expected);
				assertThat(listed.propertyNames()).containsExactlyElementsOf(expected.propertyNames());
			}
		}
		finally {
			sdk.removeTool("schematic");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "empty-report", "full-report", "reports", "report-map" })
	void structuredWhenFieldsAreNullThenConformsToSchema(String tool) {
		JsonNode entry = find(page(server.modern(ModernRequest.of("tools/list"))), tool);
		assertThat(entry.has("outputSchema")).as(entry.toString()).isTrue();
		@SuppressWarnings("unchecked")
		Map<String, Object> schema = (Map<String, Object>) RunningServer.plain(entry.get("outputSchema"));
		for (HttpResponse<String> response : List.of(server.modern(ModernRequest.callTool(tool, Map.of())),
				server.post(CatalogServer.call(tool)))) {
			JsonNode result = RunningServer.json(response).at("/result");
			assertThat(result.path("isError").asBoolean(false)).as(response.body()).isFalse();
			assertThat(result.has("structuredContent")).as(response.body()).isTrue();
			Object content = RunningServer.plain(result.get("structuredContent"));
			var validation = McpJsonDefaults.getSchemaValidator().validate(schema, content);
			assertThat(validation.valid()).as(response.body() + validation.errorMessage() + schema).isTrue();
			assertThat(RunningServer.json(result.at("/content/0/text").asString()))
				.isEqualTo(result.get("structuredContent"));
		}
	}

	private static JsonNode page(HttpResponse<String> response) {
		return RunningServer.json(response).at("/result/tools");
	}

	private static JsonNode find(JsonNode tools, String name) {
		for (JsonNode tool : tools) {
			if (name.equals(tool.get("name").asString())) {
				return tool;
			}
		}
		throw new AssertionError("No tool " + name);
	}

	private static Map<String, Object> map(Object... entries) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < entries.length; i += 2) {
			map.put((String) entries[i], entries[i + 1]);
		}
		return map;
	}

}
