// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.CallSignal;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.wire.JsonRpcWriter;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.mcp.annotation.McpArg;
import org.springframework.ai.mcp.annotation.McpComplete;
import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the server offers: lists, their pages, and what the entries promise.
 */
class CatalogTests {

	private static RunningServer server;

	private static RunningServer silent;

	@BeforeAll
	static void start() {
		server = RunningServer.start(List.of("mcp.remote.list.page-size=2"), OfferedTools.class, OfferedTargets.class);
		silent = RunningServer.start(
				List.of("spring.ai.mcp.server.tool-change-notification=false",
						"spring.ai.mcp.server.prompt-change-notification=false",
						"spring.ai.mcp.server.resource-change-notification=false"),
				OfferedTools.class, OfferedTargets.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		silent.close();
	}

	@ParameterizedTest
	@CsvSource({ "tools/list, tools, name", "prompts/list, prompts, name", "resources/list, resources, uri",
			"resources/templates/list, resourceTemplates, uriTemplate" })
	void pageWhenFollowedThenAllInOrder(String method, String member, String key) {
		List<String> modern = keys(method, member, key, true);
		assertThat(modern).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(2);
		assertThat(keys(method, member, key, false)).isEqualTo(modern);
		JsonNode first = modernPage(method, null);
		assertThat(first.at("/result/" + member).size()).isEqualTo(2);
		assertThat(modernPage(method, "").at("/result/" + member)).isEqualTo(first.at("/result/" + member));
		assertThat(first.at("/result/nextCursor").asString()).doesNotContain(modern.get(1));
	}

	@Test
	void pageWhenRegisteredInAnyOrderThenSorted() {
		McpSyncServer sdk = silent.context().getBean(McpSyncServer.class);
		List<String> before = names(silent);
		List<String> added = List.of("zz", "aa", "mm", "Aa", "a-1", "a_1");
		added.forEach((name) -> sdk.addTool(tool(name)));
		try {
			List<String> expected = new ArrayList<>(before);
			expected.addAll(added);
			expected.sort(null);
			assertThat(names(silent)).isEqualTo(expected);
		}
		finally {
			added.forEach(sdk::removeTool);
		}
		assertThat(names(silent)).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "!", "AAAA", "dG9vbHM", "\u00e9", "cHJvbXB0czphYQ", "-1", "999999", " " })
	void pageWhenCursorIsNoneOfOursThenInvalidParams(String cursor) {
		for (boolean modern : new boolean[] { true, false }) {
			JsonNode page = (modern) ? modernPage("tools/list", cursor) : legacyPage("tools/list", cursor);
			assertThat(page.at("/error/code").asInt()).as(page.toString()).isEqualTo(-32602);
		}
	}

	@Test
	void pageWhenCursorIsOfOtherListOrNoTextThenInvalidParams() {
		String cursor = modernPage("prompts/list", null).at("/result/nextCursor").asString();
		assertThat(modernPage("tools/list", cursor).at("/error/code").asInt()).isEqualTo(-32602);
		assertThat(modernPage("resources/list", cursor).at("/error/code").asInt()).isEqualTo(-32602);
		assertThat(modernPage("tools/list", 7).at("/error/code").asInt()).isEqualTo(-32602);
		assertThat(modernPage("prompts/list", cursor).has("result")).isTrue();
	}

	@Test
	void pageWhenEntriesComeAndGoThenCursorStaysValid() {
		List<String> all = List.of("p1", "p2", "p3", "p4", "p5");
		JsonRpcWriter json = new JsonRpcWriter(JsonMapper.builder().build());
		ListCatalog catalog = new ListCatalog(ListKind.TOOLS, json, 2);
		List<Tool> tools = new ArrayList<>(all.stream().map((name) -> tool(name).tool()).toList());
		String cursor = cursor(catalog, tools, null);
		// The entry the cursor stands on goes, and others come before and after it
		tools.remove(1);
		tools.add(tool("p0").tool());
		tools.add(tool("p25").tool());
		assertThat(page(catalog, tools, cursor)).containsExactly("p25", "p3");
		tools.removeIf((tool) -> tool.name().compareTo("p2") > 0);
		assertThat(page(catalog, tools, cursor)).isEmpty();
	}

	@Test
	void entryWhenListedAgainThenSerialisedOnce() {
		ListCatalog catalog = new ListCatalog(ListKind.TOOLS, new JsonRpcWriter(JsonMapper.builder().build()), 10);
		Tool one = tool("one").tool();
		Tool two = tool("two").tool();
		ListCatalog.Entry first = catalog.refresh(List.of(one)).byKey().get("one");
		for (int i = 0; i < 10; i++) {
			assertThat(catalog.refresh(List.of(two, one)).byKey().get("one").json().get()).isSameAs(first.json().get());
			assertThat(catalog.refresh(List.of(one, two)).byKey().get("one").json().get()).isSameAs(first.json().get());
			catalog.page(List.of(one, two), null, null);
		}
		ListCatalog.Entry other = catalog.refresh(List.of(tool("one").tool())).byKey().get("one");
		assertThat(other.json().get()).isNotSameAs(first.json().get()).isEqualTo(first.json().get());
	}

	@Test
	void pageWhenCursorIsForgedThenRefused() {
		ListCatalog catalog = new ListCatalog(ListKind.TOOLS, new JsonRpcWriter(JsonMapper.builder().build()), 1);
		List<Tool> tools = List.of(tool("a").tool(), tool("b").tool());
		assertThatExceptionOfType(CallSignal.class).isThrownBy(() -> catalog.page(tools, "bm90aGluZw", null));
		assertThat(page(catalog, tools, cursor(catalog, tools, null))).containsExactly("b");
	}

	@Test
	void addToolWhenAtRunTimeThenThereAtOnceInBothEras() {
		for (RunningServer each : List.of(server, silent)) {
			McpSyncServer sdk = each.context().getBean(McpSyncServer.class);
			assertUnknown(each, "late");
			sdk.addTool(tool("late"));
			assertThat(names(each)).contains("late");
			assertThat(text(each.modern(ModernRequest.callTool("late", Map.of())))).isEqualTo("late");
			assertThat(text(each.post(call("late")))).isEqualTo("late");
			sdk.removeTool("late");
			assertThat(names(each)).doesNotContain("late");
			assertUnknown(each, "late");
		}
	}

	@Test
	void addToolWhenReplacedThenNewSchemaCounts() {
		Map<String, Object> schema = Map.of("type", "object", "properties",
				Map.of("region", Map.of("type", "string", "x-mcp-header", "Region")));
		for (RunningServer each : List.of(server, silent)) {
			McpSyncServer sdk = each.context().getBean(McpSyncServer.class);
			sdk.addTool(tool("replaced"));
			Map<String, Object> arguments = Map.of("region", "west");
			assertThat(each.modern(ModernRequest.callTool("replaced", arguments)).statusCode()).isEqualTo(200);
			sdk.removeTool("replaced");
			sdk.addTool(tool("replaced", schema));
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
		McpSyncServer sdk = silent.context().getBean(McpSyncServer.class);
		sdk.addTool(tool("schematic", schema));
		try {
			for (JsonNode list : List.of(page(silent.modern(ModernRequest.of("tools/list"))),
					page(silent.post(LegacyClient.message(1, "tools/list", Map.of()))))) {
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
		JsonNode entry = find(page(silent.modern(ModernRequest.of("tools/list"))), tool);
		assertThat(entry.has("outputSchema")).as(entry.toString()).isTrue();
		@SuppressWarnings("unchecked")
		Map<String, Object> schema = (Map<String, Object>) RunningServer.plain(entry.get("outputSchema"));
		for (HttpResponse<String> response : List.of(silent.modern(ModernRequest.callTool(tool, Map.of())),
				silent.post(call(tool)))) {
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

	@Test
	void completeWhenPromptOrTemplateThenValues() {
		JsonNode prompt = complete(Map.of("type", "ref/prompt", "name", "bravo"), "who", "a");
		assertThat(prompt.at("/result/completion/values").toString()).isEqualTo("[\"ada\",\"alan\"]");
		assertThat(prompt.at("/result/resultType").asString()).isEqualTo("complete");
		JsonNode template = complete(Map.of("type", "ref/resource", "uri", "test://users/{id}"), "id", "7");
		assertThat(template.at("/result/completion/values/0").asString()).isEqualTo("70");
		JsonNode legacy = RunningServer.json(server.post(LegacyClient.message(1, "completion/complete", Map.of("ref",
				Map.of("type", "ref/prompt", "name", "bravo"), "argument", Map.of("name", "who", "value", "al")))));
		assertThat(legacy.at("/result/completion/values").toString()).isEqualTo("[\"alan\"]");
	}

	@Test
	void completeWhenReferenceIsWrongThenInvalidParams() {
		assertThat(complete(Map.of("type", "ref/prompt", "name", "none"), "who", "a").at("/error/code").asInt())
			.isEqualTo(-32602);
		assertThat(complete(Map.of("type", "ref/prompt"), "who", "a").at("/error/code").asInt()).isEqualTo(-32602);
		assertThat(complete(Map.of("type", "ref/tool", "name", "none"), "who", "a").at("/error/code").asInt())
			.isEqualTo(-32602);
		assertThat(
				complete(Map.of("type", "ref/resource", "uri", "test://none/{x}"), "x", "a").at("/error/code").asInt())
			.isEqualTo(-32602);
	}

	@Test
	void readWhenTemplateThenVariablesAreBound() {
		JsonNode read = RunningServer.json(server.modern(ModernRequest.of("resources/read")
			.param("uri", "test://users/42")
			.header("Mcp-Name", "test://users/42")));
		assertThat(read.at("/result/contents/0/text").asString()).isEqualTo("user 42");
		assertThat(read.at("/result/contents/0/uri").asString()).isEqualTo("test://users/42");
		JsonNode none = RunningServer.json(server
			.modern(ModernRequest.of("resources/read").param("uri", "test://none").header("Mcp-Name", "test://none")));
		assertThat(none.at("/error/code").asInt()).isEqualTo(-32602);
		assertThat(none.at("/error/data/uri").asString()).isEqualTo("test://none");
		JsonNode legacy = RunningServer
			.json(server.post(LegacyClient.message(1, "resources/read", Map.of("uri", "test://none"))));
		assertThat(legacy.at("/error/code").asInt()).isEqualTo(-32002);
	}

	@Test
	void promptWhenRequiredArgumentIsMissingThenInvalidParams() {
		for (HttpResponse<String> response : List.of(server.modern(prompt("bravo", Map.of())),
				server.modern(prompt("bravo", Map.of("other", "x"))),
				server.post(LegacyClient.message(1, "prompts/get", Map.of("name", "bravo"))))) {
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(RunningServer.json(response).at("/error/code").asInt()).as(response.body()).isEqualTo(-32602);
		}
		assertThat(RunningServer.json(server.modern(prompt("bravo", Map.of("who", "ada"))))
			.at("/result/messages/0/content/text")
			.asString()).isEqualTo("hello ada");
	}

	private static JsonNode complete(Map<String, ?> reference, String name, String value) {
		return RunningServer.json(server.modern(ModernRequest.of("completion/complete")
			.param("ref", reference)
			.param("argument", Map.of("name", name, "value", value))));
	}

	private static ModernRequest prompt(String name, Map<String, ?> arguments) {
		return ModernRequest.of("prompts/get")
			.param("name", name)
			.param("arguments", arguments)
			.header("Mcp-Name", name);
	}

	private static List<String> keys(String method, String member, String key, boolean modern) {
		List<String> keys = new ArrayList<>();
		String cursor = null;
		do {
			JsonNode page = (modern) ? modernPage(method, cursor) : legacyPage(method, cursor);
			JsonNode entries = page.at("/result/" + member);
			assertThat(entries.size()).as(page.toString()).isBetween(1, 2);
			entries.forEach((entry) -> keys.add(entry.get(key).asString()));
			cursor = page.at("/result/nextCursor").asString(null);
		}
		while (cursor != null);
		return keys;
	}

	private static JsonNode modernPage(String method, @Nullable Object cursor) {
		ModernRequest request = ModernRequest.of(method);
		return RunningServer.json(server.modern((cursor != null) ? request.param("cursor", cursor) : request));
	}

	private static JsonNode legacyPage(String method, @Nullable Object cursor) {
		return RunningServer
			.json(server.post(LegacyClient.message(1, method, (cursor != null) ? Map.of("cursor", cursor) : Map.of())));
	}

	private static List<String> names(RunningServer each) {
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

	private static List<String> page(ListCatalog catalog, List<Tool> tools, @Nullable String cursor) {
		List<String> names = new ArrayList<>();
		RunningServer.json(new String(catalog.page(tools, cursor, null).bytes()))
			.get("tools")
			.forEach((tool) -> names.add(tool.get("name").asString()));
		return names;
	}

	private static String cursor(ListCatalog catalog, List<Tool> tools, @Nullable String cursor) {
		return RunningServer.json(new String(catalog.page(tools, cursor, null).bytes())).get("nextCursor").asString();
	}

	private static void assertUnknown(RunningServer each, String tool) {
		assertThat(RunningServer.json(each.modern(ModernRequest.callTool(tool, Map.of()))).at("/error/code").asInt())
			.isEqualTo(-32602);
		assertThat(RunningServer.json(each.post(call(tool))).at("/error/code").asInt()).isEqualTo(-32602);
	}

	private static String call(String tool) {
		return LegacyClient.message(1, "tools/call", Map.of("name", tool, "arguments", Map.of()));
	}

	private static String text(HttpResponse<String> response) {
		return RunningServer.json(response).at("/result/content/0/text").asString();
	}

	private static SyncToolSpecification tool(String name) {
		return tool(name, Map.of("type", "object"));
	}

	private static SyncToolSpecification tool(String name, Map<String, Object> schema) {
		return new SyncToolSpecification(Tool.builder(name, schema).build(),
				(exchange, request) -> CallToolResult.builder().addTextContent(name).build());
	}

	private static SyncPromptSpecification prompt(String name, boolean required) {
		return new SyncPromptSpecification(Prompt.builder(name)
			.arguments(List.of(PromptArgument.builder("who").required(required).build()))
			.build(), (exchange, request) -> GetPromptResult.builder(List.of()).build());
	}

	private static Map<String, Object> map(Object... entries) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < entries.length; i += 2) {
			map.put((String) entries[i], entries[i + 1]);
		}
		return map;
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
			return "user " + id;
		}

		@McpComplete(uri = "test://users/{id}")
		List<String> completeUser(String value) {
			return List.of(value + "0");
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
