// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.Map;

import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a question cannot be put, it is not, and whoever called is told why.
 */
class RoundsCapabilityTests {

	private static final Map<String, Object> ADA = AskingServer.accept(Map.of("name", "Ada"));

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = AskingServer.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "name", "typed", "reactive", "reactive-rounds", "several-one", "swallow-checked" })
	void elicitWhenNotDeclaredThenMissingCapability(String tool) {
		HttpResponse<String> response = server
			.modern(ModernRequest.callTool(tool, Map.of()).capabilities(Map.of("sampling", Map.of())));
		assertMissing(response, "elicitation");
	}

	@Test
	void elicitWhenAddedToolAndNotDeclaredThenMissingCapability() {
		McpSyncServer sdk = server.context().getBean(McpSyncServer.class);
		sdk.addTool(new SyncToolSpecification(Tool.builder("added-lacking", Map.of("type", "object")).build(),
				(exchange, request) -> CallToolResult.builder()
					.addTextContent(String.valueOf(exchange.createElicitation(AskingServer.AskingTools.nameQuestion())))
					.build()));
		try {
			assertMissing(server.modern(ModernRequest.callTool("added-lacking", Map.of())), "elicitation");
		}
		finally {
			sdk.removeTool("added-lacking");
		}
	}

	@Test
	void elicitWhenModeNotDeclaredThenMissingCapabilityNamesMode() {
		HttpResponse<String> url = server.modern(ModernRequest.callTool("visit", Map.of())
			.capabilities(Map.of("elicitation", Map.of("form", Map.of()))));
		assertMissing(url, "elicitation");
		assertThat(RunningServer.json(url).at("/error/data/requiredCapabilities/elicitation").has("url")).isTrue();
		HttpResponse<String> unspecified = server
			.modern(ModernRequest.callTool("visit", Map.of()).capabilities(Map.of("elicitation", Map.of())));
		assertMissing(unspecified, "elicitation");
		HttpResponse<String> form = server.modern(
				ModernRequest.callTool("name", Map.of()).capabilities(Map.of("elicitation", Map.of("url", Map.of()))));
		assertMissing(form, "elicitation");
		assertThat(RunningServer.json(form).at("/error/data/requiredCapabilities/elicitation").has("form")).isTrue();
	}

	@Test
	void elicitWhenNoModeDeclaredThenFormIsMeant() {
		JsonNode first = answer(ModernRequest.callTool("name", Map.of()).capabilities(Map.of("elicitation", Map.of())));
		assertThat(AskingServer.keys(first)).containsExactly("elicitation/create-1");
	}

	@Test
	void sampleAndRootsWhenNotDeclaredThenMissingCapability() {
		Map<String, Object> elicitation = Map.of("elicitation", Map.of());
		assertMissing(server.modern(ModernRequest.callTool("model", Map.of()).capabilities(elicitation)), "sampling");
		assertMissing(server.modern(ModernRequest.callTool("where", Map.of()).capabilities(elicitation)), "roots");
	}

	@Test
	void elicitWhenInPromptOrResourceAndNotDeclaredThenMissingCapability() {
		assertMissing(server.modern(ModernRequest.of("prompts/get")
			.param("name", "greeting")
			.param("arguments", Map.of())
			.header("Mcp-Name", "greeting")), "elicitation");
		assertMissing(server.modern(ModernRequest.of("prompts/get")
			.param("name", "greeting-rounds")
			.param("arguments", Map.of())
			.header("Mcp-Name", "greeting-rounds")), "elicitation");
		assertMissing(server.modern(
				ModernRequest.of("resources/read").param("uri", "test://asking").header("Mcp-Name", "test://asking")),
				"elicitation");
		assertMissing(server.modern(ModernRequest.of("resources/read")
			.param("uri", "test://asking-rounds")
			.header("Mcp-Name", "test://asking-rounds")), "elicitation");
	}

	@Test
	void askWhenUnrelatedCapabilityIsMissingThenNothingIsAsked() {
		// One of three questions cannot be put, so none is
		HttpResponse<String> response = server.modern(ModernRequest.callTool("several", Map.of())
			.capabilities(Map.of("elicitation", Map.of(), "sampling", Map.of())));
		assertMissing(response, "roots");
	}

	@ParameterizedTest
	@ValueSource(strings = { "name", "model", "where", "reactive", "several", "reactive-rounds", "visit" })
	void askWhenLegacyWithoutSessionThenToolError(String tool) {
		HttpResponse<String> response = server
			.post(LegacyClient.message(1, "tools/call", Map.of("name", tool, "arguments", Map.of())));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(RunningServer.json(response).at("/result/isError").asBoolean()).isTrue();
		assertThat(RunningServer.text(RunningServer.json(response))).contains("capability");
	}

	@Test
	void askWhenLegacyPromptOrResourceWithoutSessionThenError() {
		JsonNode prompt = RunningServer.json(
				server.post(LegacyClient.message(1, "prompts/get", Map.of("name", "greeting", "arguments", Map.of()))));
		assertThat(prompt.at("/error/code").asInt()).isEqualTo(-32602);
		JsonNode resource = RunningServer
			.json(server.post(LegacyClient.message(1, "resources/read", Map.of("uri", "test://asking"))));
		assertThat(resource.at("/error/code").asInt()).isEqualTo(-32602);
	}

	@Test
	void askWhenLegacySessionLacksCapabilityThenToolError() {
		LegacyClient client = LegacyClient.begin(server, "{\"sampling\":{}}");
		JsonNode result = RunningServer.json(client.tool(1, "name", Map.of()));
		assertThat(result.at("/result/isError").asBoolean()).isTrue();
		assertThat(RunningServer.text(result)).contains("elicitation");
	}

	@Test
	void askWhenLegacyClientAcceptsNoStreamThenToolError() {
		LegacyClient client = LegacyClient.begin(server, AskingServer.EVERYTHING_JSON);
		try (LiveExchange call = client.openTool(1, "name", Map.of(), "Accept", "application/json")) {
			JsonNode result = call.response();
			assertThat(result.at("/result/isError").asBoolean()).isTrue();
			assertThat(RunningServer.text(result)).contains("event stream");
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "tools/list", "prompts/list", "resources/list", "resources/templates/list", "server/discover" })
	void listWhenAnswersAreSentThenNeverInputRequired(String method) {
		HttpResponse<String> response = server.modern(ModernRequest.of(method)
			.capabilities(AskingServer.EVERYTHING)
			.param("inputResponses", Map.of("elicitation/create-1", ADA))
			.param("requestState", "none of this server's"));
		assertThat(RunningServer.json(response).at("/result/resultType").asString()).isEqualTo("complete");
	}

	@Test
	void completeWhenItAsksThenNotInputRequired() {
		HttpResponse<String> response = server.modern(ModernRequest.of("completion/complete")
			.capabilities(AskingServer.EVERYTHING)
			.param("ref", Map.of("type", "ref/prompt", "name", "greeting"))
			.param("argument", Map.of("name", "who", "value", "A")));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(RunningServer.json(response).at("/error/code").asInt()).as(response.body()).isEqualTo(-32603);
	}

	private static void assertMissing(HttpResponse<String> response, String capability) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(RunningServer.json(response).at("/error/code").asInt()).isEqualTo(-32021);
		JsonNode required = RunningServer.json(response).at("/error/data/requiredCapabilities");
		assertThat(required.propertyNames()).containsExactly(capability);
		assertThat(required.get(capability).isObject()).isTrue();
	}

	private static JsonNode answer(ModernRequest request) {
		return RunningServer.json(server.modern(request));
	}

}
