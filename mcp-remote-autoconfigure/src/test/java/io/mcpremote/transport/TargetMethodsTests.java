// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prompts, resources and completions.
 */
class TargetMethodsTests {

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = CatalogServer.start("mcp.remote.list.page-size=2");
	}

	@AfterAll
	static void stop() {
		server.close();
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
	void completeWhenMoreThanProtocolAllowsThenFirstAndThatThereAreMore() {
		Map<String, String> reference = Map.of("type", "ref/resource", "uri", "test://users/{id}");
		JsonNode legacy = RunningServer.json(server.post(LegacyClient.message(1, "completion/complete",
				Map.of("ref", reference, "argument", Map.of("name", "id", "value", "")))));
		for (JsonNode answer : List.of(complete(reference, "id", ""), legacy)) {
			JsonNode completion = answer.at("/result/completion");
			assertThat(completion.get("values").size()).as(answer.toString()).isEqualTo(100);
			assertThat(completion.at("/values/99").asString()).isEqualTo("100");
			assertThat(completion.get("total").asInt()).isEqualTo(150);
			assertThat(completion.get("hasMore").asBoolean()).isTrue();
		}
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
	void readWhenTemplateFindsNothingThenAsUnknown() {
		JsonNode gone = read("test://users/gone");
		assertThat(gone.at("/error/code").asInt()).isEqualTo(-32602);
		assertThat(gone.at("/error/data/uri").asString()).isEqualTo("test://users/gone");
		assertThat(gone.at("/error/message").asString())
			.isEqualTo(read("test://none").at("/error/message").asString().replace("none", "users/gone"));
		JsonNode legacy = RunningServer
			.json(server.post(LegacyClient.message(1, "resources/read", Map.of("uri", "test://users/gone"))));
		assertThat(legacy.at("/error/code").asInt()).isEqualTo(-32002);
	}

	@Test
	void readWhenTemplateFailsThenInternalError() {
		JsonNode broken = read("test://users/broken");
		assertThat(broken.at("/error/code").asInt()).isEqualTo(-32603);
		assertThat(broken.toString()).doesNotContain("no row");
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

	private static JsonNode read(String uri) {
		return RunningServer
			.json(server.modern(ModernRequest.of("resources/read").param("uri", uri).header("Mcp-Name", uri)));
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

}
