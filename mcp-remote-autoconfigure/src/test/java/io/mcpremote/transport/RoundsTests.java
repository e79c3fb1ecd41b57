// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.SamplingMessage;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpArg;
import org.springframework.ai.mcp.annotation.McpComplete;
import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.ai.mcp.annotation.context.McpAsyncRequestContext;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tools, prompts and resources ask their clients, from one source in both eras.
 */
class RoundsTests {

	private static final Map<String, Object> EVERYTHING = Map.of("elicitation",
			Map.of("form", Map.of(), "url", Map.of()), "sampling", Map.of(), "roots", Map.of());

	private static final String EVERYTHING_JSON = """
			{"elicitation":{"form":{},"url":{}},"sampling":{},"roots":{}}""";

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = RunningServer.start(
				List.of("mcp.remote.sessions.enabled=true", "mcp.remote.sessions.answer-timeout=10s"),
				AskingTools.class, AskingTargets.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@EnumSource
	void elicitWhenAcceptedThenToolHasContent(Client client) {
		Answers answers = new Answers().put("elicitation/create", accept(Map.of("name", "Ada")));
		JsonNode result = client.tool("name", Map.of(), answers);
		assertThat(text(result)).isEqualTo("ACCEPT {name=Ada}");
		assertThat(answers.asked).hasSize(1);
		JsonNode question = answers.asked.get(0);
		assertThat(question.at("/params/message").asString()).isEqualTo("What is your name?");
		assertThat(question.at("/params/requestedSchema/required/0").asString()).isEqualTo("name");
	}

	@ParameterizedTest
	@EnumSource
	void elicitWhenDeclinedOrCancelledThenToolIsTold(Client client) {
		assertThat(text(
				client.tool("name", Map.of(), new Answers().put("elicitation/create", Map.of("action", "decline")))))
			.isEqualTo("DECLINE null");
		assertThat(text(
				client.tool("name", Map.of(), new Answers().put("elicitation/create", Map.of("action", "cancel")))))
			.isEqualTo("CANCEL null");
	}

	@ParameterizedTest
	@EnumSource
	void elicitWhenByTypeThenToolHasObject(Client client) {
		JsonNode result = client.tool("typed", Map.of(),
				new Answers().put("elicitation/create", accept(Map.of("city", "Bern", "zip", 3000))));
		assertThat(text(result)).isEqualTo("ACCEPT Place[city=Bern, zip=3000]");
	}

	@ParameterizedTest
	@EnumSource
	void elicitWhenUrlThenUrlReachesClient(Client client) {
		Answers answers = new Answers().put("elicitation/create", Map.of("action", "accept"));
		assertThat(text(client.tool("visit", Map.of(), answers))).isEqualTo("ACCEPT");
		assertThat(answers.asked.get(0).at("/params/mode").asString()).isEqualTo("url");
		assertThat(answers.asked.get(0).at("/params/url").asString()).isEqualTo("https://example.org/sign");
	}

	@ParameterizedTest
	@EnumSource
	void sampleWhenAnsweredThenToolHasText(Client client) {
		Answers answers = new Answers().put("sampling/createMessage", sample("42"));
		assertThat(text(client.tool("model", Map.of(), answers))).isEqualTo("some-model says 42");
		assertThat(answers.asked.get(0).at("/params/messages/0/content/text").asString()).isEqualTo("6 times 7?");
	}

	@ParameterizedTest
	@EnumSource
	void rootsWhenAnsweredThenToolHasRoots(Client client) {
		Answers answers = new Answers().put("roots/list",
				Map.of("roots", List.of(Map.of("uri", "file:///a"), Map.of("uri", "file:///b"))));
		assertThat(text(client.tool("where", Map.of(), answers))).isEqualTo("[file:///a, file:///b]");
	}

	@ParameterizedTest
	@EnumSource
	void elicitWhenToolIsReactiveThenSame(Client client) {
		Answers answers = new Answers().put("elicitation/create", accept(Map.of("name", "Ada")))
			.put("sampling/createMessage", sample("hello"))
			.put("roots/list", Map.of("roots", List.of(Map.of("uri", "file:///a"))));
		assertThat(text(client.tool("reactive", Map.of(), answers))).isEqualTo("{name=Ada} hello 1");
		assertThat(answers.asked).extracting((question) -> question.get("method").asString())
			.containsExactly("elicitation/create", "sampling/createMessage", "roots/list");
	}

	@ParameterizedTest
	@EnumSource
	void askWhenToolIsReactiveThenInputRoundsWork(Client client) {
		Answers answers = new Answers().put("elicitation/create", accept(Map.of("name", "Ada")));
		assertThat(text(client.tool("reactive-rounds", Map.of(), answers))).isEqualTo("{name=Ada}");
	}

	@ParameterizedTest
	@EnumSource
	void elicitWhenInPromptThenAsked(Client client) {
		Answers answers = new Answers().put("elicitation/create", accept(Map.of("name", "Ada")));
		JsonNode result = client.run("prompts/get", Map.of("name", "greeting", "arguments", Map.of()), answers);
		assertThat(result.at("/result/messages/0/content/text").asString()).isEqualTo("Greet {name=Ada}");
		assertThat(answers.asked).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void elicitWhenInResourceThenAsked(Client client) {
		Answers answers = new Answers().put("elicitation/create", accept(Map.of("name", "Ada")));
		JsonNode result = client.run("resources/read", Map.of("uri", "test://asking"), answers);
		assertThat(result.at("/result/contents/0/text").asString()).isEqualTo("For {name=Ada}");
		assertThat(answers.asked).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void askWhenSeveralKeysThenAllAnswered(Client client) {
		Answers answers = new Answers().put("elicitation/create", accept(Map.of("name", "Ada")))
			.put("sampling/createMessage", sample("hello"))
			.put("roots/list", Map.of("roots", List.of(Map.of("uri", "file:///a"))));
		assertThat(text(client.tool("several", Map.of(), answers))).isEqualTo("{name=Ada} hello file:///a");
		assertThat(answers.asked).hasSize(3);
		assertThat(answers.rounds).isEqualTo((client == Client.MODERN) ? 1 : 3);
	}

	@ParameterizedTest
	@EnumSource
	void rememberWhenThreeRoundsThenStepRunsOnce(Client client) {
		AskingTools.charged.set(0);
		Answers answers = new Answers().put("elicitation/create", accept(Map.of("name", "Ada")));
		JsonNode result = client.tool("three-rounds", Map.of(), answers);
		assertThat(text(result)).isEqualTo("Receipt[number=1, total=9.5] null Ada Ada Ada after two");
		assertThat(answers.asked).hasSize(3);
		assertThat(AskingTools.charged).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource
	void rememberWhenResultIsNullThenStepRunsOnce(Client client) {
		AskingTools.nothings.set(0);
		client.tool("three-rounds", Map.of(), new Answers().put("elicitation/create", accept(Map.of("name", "Ada"))));
		assertThat(AskingTools.nothings).hasValue(1);
	}

	@Test
	void askWhenFirstRoundHasAnswersThenNotAsked() {
		ModernRequest request = modern("several").param("inputResponses", Map.of("who", accept(Map.of("name", "Ada")),
				"what", sample("hello"), "where", Map.of("roots", List.of(Map.of("uri", "file:///a")))));
		assertThat(text(json(server.modern(request)))).isEqualTo("{name=Ada} hello file:///a");
	}

	@Test
	void elicitWhenFirstRoundHasAnswerToNumberedKeyThenNotAsked() {
		ModernRequest request = modern("name").param("inputResponses",
				Map.of("elicitation/create-1", accept(Map.of("name", "Ada"))));
		assertThat(text(json(server.modern(request)))).isEqualTo("ACCEPT {name=Ada}");
	}

	@Test
	void askWhenSomeKeysAreMissingThenOnlyThoseAreAskedAgain() {
		JsonNode first = json(server.modern(modern("several")));
		assertThat(keys(first)).containsExactlyInAnyOrder("who", "what", "where");
		JsonNode second = json(
				server.modern(next("several", first, Map.of("who", accept(Map.of("name", "Ada")), "whom", Map.of()))));
		assertThat(keys(second)).containsExactlyInAnyOrder("what", "where");
		JsonNode third = json(server.modern(next("several", second,
				Map.of("what", sample("hello"), "where", Map.of("roots", List.of(Map.of("uri", "file:///a")))))));
		assertThat(text(third)).isEqualTo("{name=Ada} hello file:///a");
	}

	@Test
	void askWhenUnknownKeysThenIgnored() {
		JsonNode first = json(server.modern(modern("name")));
		JsonNode second = json(server.modern(next("name", first, Map.of("elicitation/create-1",
				accept(Map.of("name", "Ada")), "extra", Map.of("action", "accept"), "elicitation/create-2", "?"))));
		assertThat(text(second)).isEqualTo("ACCEPT {name=Ada}");
	}

	@Test
	void askWhenKeyIsWrongThenAskedAgain() {
		JsonNode first = json(server.modern(modern("name")));
		JsonNode second = json(server.modern(next("name", first, Map.of("something", accept(Map.of("name", "Ada"))))));
		assertThat(keys(second)).containsExactly("elicitation/create-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "7", "\"yes\"", "[]", "{}", "{\"action\":\"maybe\"}", "{\"action\":1}",
			"{\"action\":\"accept\"}", "{\"action\":\"accept\",\"content\":null}",
			"{\"action\":\"accept\",\"content\":[]}", "{\"action\":\"accept\",\"content\":{}}",
			"{\"action\":\"accept\",\"content\":{\"name\":7}}", "{\"content\":{\"name\":\"Ada\"}}" })
	void askWhenAnswerDoesNotFitThenAskedAgain(String answer) {
		JsonNode first = json(server.modern(modern("name")));
		Object value = plain(RunningServer.json(answer));
		Map<String, Object> responses = new LinkedHashMap<>();
		responses.put("elicitation/create-1", value);
		HttpResponse<String> second = server.modern(next("name", first, responses));
		assertThat(second.statusCode()).isEqualTo(200);
		assertThat(keys(json(second))).containsExactly("elicitation/create-1");
		JsonNode third = json(server
			.modern(next("name", json(second), Map.of("elicitation/create-1", accept(Map.of("name", "Ada"))))));
		assertThat(text(third)).isEqualTo("ACCEPT {name=Ada}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "7", "\"yes\"", "[]", "true" })
	void askWhenResponsesAreNoObjectThenInvalidParams(String responses) {
		JsonNode first = json(server.modern(modern("name")));
		HttpResponse<String> second = server
			.modern(next("name", first, null).param("inputResponses", plain(RunningServer.json(responses))));
		assertThat(second.statusCode()).isEqualTo(200);
		assertThat(json(second).at("/error/code").asInt()).isEqualTo(-32602);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"role\":\"assistant\"}", "{\"role\":\"assistant\",\"content\":{}}",
			"{\"role\":\"assistant\",\"model\":\"m\",\"content\":\"text\"}" })
	void sampleWhenAnswerDoesNotFitThenAskedAgain(String answer) {
		JsonNode first = json(server.modern(modern("model")));
		JsonNode second = json(server
			.modern(next("model", first, Map.of("sampling/createMessage-1", plain(RunningServer.json(answer))))));
		assertThat(keys(second)).containsExactly("sampling/createMessage-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"roots\":{}}", "{\"roots\":[7]}", "{\"roots\":[{\"name\":\"a\"}]}" })
	void rootsWhenAnswerDoesNotFitThenAskedAgain(String answer) {
		JsonNode first = json(server.modern(modern("where")));
		JsonNode second = json(
				server.modern(next("where", first, Map.of("roots/list-1", plain(RunningServer.json(answer))))));
		assertThat(keys(second)).containsExactly("roots/list-1");
	}

	@Test
	void elicitWhenQuestionUnderNumberedKeyChangesThenAskedAgain() {
		AskingTools.asks.set(0);
		JsonNode first = json(server.modern(modern("changing")));
		JsonNode second = json(server
			.modern(next("changing", first, Map.of("elicitation/create-1", accept(Map.of("name", "for the first"))))));
		assertThat(keys(second)).containsExactly("elicitation/create-1");
		assertThat(second.at("/result/inputRequests/elicitation~1create-1/params/message").asString())
			.isEqualTo("Question 2");
		AskingTools.asks.set(1);
		JsonNode third = json(server.modern(
				next("changing", second, Map.of("elicitation/create-1", accept(Map.of("name", "for the second"))))));
		assertThat(text(third)).isEqualTo("{name=for the second}");
	}

	@Test
	void askWhenToolSwallowsSignalThenStillInputRequired() {
		JsonNode first = json(server.modern(modern("swallowing")));
		assertThat(first.at("/result/resultType").asString()).isEqualTo("input_required");
		assertThat(keys(first)).containsExactly("elicitation/create-1");
		JsonNode second = json(server
			.modern(next("swallowing", first, Map.of("elicitation/create-1", accept(Map.of("name", "Ada"))))));
		assertThat(text(second)).isEqualTo("{name=Ada}");
	}

	@ParameterizedTest
	@EnumSource
	void askWhenToolWasAddedAtRunTimeThenAsked(Client client) {
		McpSyncServer sdk = server.context().getBean(McpSyncServer.class);
		Tool tool = Tool.builder("added", Map.of("type", "object")).build();
		sdk.addTool(new SyncToolSpecification(tool, (exchange, request) -> {
			ElicitResult answer = exchange.createElicitation(AskingTools.nameQuestion());
			String carried = InputRounds.of(exchange).remember("step", String.class, () -> "once");
			return CallToolResult.builder().addTextContent(answer.content() + " " + carried).build();
		}));
		try {
			Answers answers = new Answers().put("elicitation/create", accept(Map.of("name", "Ada")));
			assertThat(text(client.tool("added", Map.of(), answers))).isEqualTo("{name=Ada} once");
		}
		finally {
			sdk.removeTool("added");
		}
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
					.addTextContent(String.valueOf(exchange.createElicitation(AskingTools.nameQuestion())))
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
		assertThat(json(url).at("/error/data/requiredCapabilities/elicitation").has("url")).isTrue();
		HttpResponse<String> unspecified = server
			.modern(ModernRequest.callTool("visit", Map.of()).capabilities(Map.of("elicitation", Map.of())));
		assertMissing(unspecified, "elicitation");
		HttpResponse<String> form = server.modern(
				ModernRequest.callTool("name", Map.of()).capabilities(Map.of("elicitation", Map.of("url", Map.of()))));
		assertMissing(form, "elicitation");
		assertThat(json(form).at("/error/data/requiredCapabilities/elicitation").has("form")).isTrue();
	}

	@Test
	void elicitWhenNoModeDeclaredThenFormIsMeant() {
		JsonNode first = json(
				server.modern(ModernRequest.callTool("name", Map.of()).capabilities(Map.of("elicitation", Map.of()))));
		assertThat(keys(first)).containsExactly("elicitation/create-1");
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
		assertThat(json(response).at("/result/isError").asBoolean()).isTrue();
		assertThat(text(json(response))).contains("capability");
	}

	@Test
	void askWhenLegacyPromptOrResourceWithoutSessionThenError() {
		JsonNode prompt = json(
				server.post(LegacyClient.message(1, "prompts/get", Map.of("name", "greeting", "arguments", Map.of()))));
		assertThat(prompt.at("/error/code").asInt()).isEqualTo(-32602);
		JsonNode resource = json(
				server.post(LegacyClient.message(1, "resources/read", Map.of("uri", "test://asking"))));
		assertThat(resource.at("/error/code").asInt()).isEqualTo(-32602);
	}

	@Test
	void askWhenLegacySessionLacksCapabilityThenToolError() {
		LegacyClient client = LegacyClient.begin(server, "{\"sampling\":{}}");
		JsonNode result = json(client.tool(1, "name", Map.of()));
		assertThat(result.at("/result/isError").asBoolean()).isTrue();
		assertThat(text(result)).contains("elicitation");
	}

	@Test
	void askWhenLegacyClientAcceptsNoStreamThenToolError() {
		LegacyClient client = LegacyClient.begin(server, EVERYTHING_JSON);
		try (LiveExchange call = client.openTool(1, "name", Map.of(), "Accept", "application/json")) {
			JsonNode result = call.response();
			assertThat(result.at("/result/isError").asBoolean()).isTrue();
			assertThat(text(result)).contains("event stream");
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "tools/list", "prompts/list", "resources/list", "resources/templates/list", "server/discover" })
	void listWhenAnswersAreSentThenNeverInputRequired(String method) {
		HttpResponse<String> response = server.modern(ModernRequest.of(method)
			.capabilities(EVERYTHING)
			.param("inputResponses", Map.of("elicitation/create-1", accept(Map.of("name", "Ada"))))
			.param("requestState", "none of this server's"));
		assertThat(json(response).at("/result/resultType").asString()).isEqualTo("complete");
	}

	@Test
	void completeWhenItAsksThenNotInputRequired() {
		HttpResponse<String> response = server.modern(ModernRequest.of("completion/complete")
			.capabilities(EVERYTHING)
			.param("ref", Map.of("type", "ref/prompt", "name", "greeting"))
			.param("argument", Map.of("name", "who", "value", "A")));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(json(response).at("/error/code").asInt()).as(response.body()).isEqualTo(-32603);
	}

	@ParameterizedTest
	@EnumSource
	void pingWhenFromToolThenNoQuestionOfItsOwn(Client client) {
		Answers answers = new Answers().put("ping", Map.of());
		assertThat(text(client.tool("pinging", Map.of(), answers))).isEqualTo("there");
		assertThat(answers.asked).hasSize((client == Client.MODERN) ? 0 : 1);
	}

	private static void assertMissing(HttpResponse<String> response, String capability) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32021);
		JsonNode required = json(response).at("/error/data/requiredCapabilities");
		assertThat(required.propertyNames()).containsExactly(capability);
		assertThat(required.get(capability).isObject()).isTrue();
	}

	private static ModernRequest modern(String tool) {
		return ModernRequest.callTool(tool, Map.of()).capabilities(EVERYTHING);
	}

	private static ModernRequest next(String tool, JsonNode before, Map<String, ?> responses) {
		ModernRequest request = modern(tool).id(2).param("requestState", before.at("/result/requestState").asString());
		return (responses != null) ? request.param("inputResponses", responses) : request;
	}

	private static Map<String, Object> accept(Map<String, ?> content) {
		return Map.of("action", "accept", "content", content);
	}

	private static Map<String, Object> sample(String text) {
		return Map.of("role", "assistant", "model", "some-model", "content", Map.of("type", "text", "text", text));
	}

	private static JsonNode json(HttpResponse<String> response) {
		return RunningServer.json(response);
	}

	private static String text(JsonNode message) {
		JsonNode text = message.at("/result/content/0/text");
		assertThat(text.isString()).as(message.toString()).isTrue();
		return text.asString();
	}

	private static List<String> keys(JsonNode message) {
		assertThat(message.at("/result/resultType").asString()).as(message.toString()).isEqualTo("input_required");
		return List.copyOf(message.at("/result/inputRequests").propertyNames());
	}

	private static Object plain(JsonNode json) {
		return RunningServer.plain(json);
	}

	/**
	 * What a client answers, and what it was asked.
	 */
	private static final class Answers {

		private final Map<String, Map<String, Object>> byMethod = new LinkedHashMap<>();

		private final List<JsonNode> asked = new ArrayList<>();

		private int rounds;

		Answers put(String method, Map<String, Object> answer) {
			this.byMethod.put(method, answer);
			return this;
		}

		Map<String, Object> to(JsonNode question) {
			this.asked.add(question);
			return this.byMethod.get(question.get("method").asString());
		}

	}

	/**
	 * A client of each era, which goes on until it has its result.
	 */
	enum Client {

		MODERN {

			@Override
			JsonNode run(String method, Map<String, ?> params, Answers answers) {
				String name = String.valueOf((params.containsKey("name")) ? params.get("name") : params.get("uri"));
				ModernRequest request = ModernRequest.of(method).capabilities(EVERYTHING).header("Mcp-Name", name);
				params.forEach(request::param);
				for (int id = 1; id < 10; id++) {
					HttpResponse<String> response = server.modern(request.id(id));
					JsonNode message = json(response);
					if (!"input_required".equals(message.at("/result/resultType").asString(""))) {
						return message;
					}
					answers.rounds++;
					Map<String, Object> responses = new LinkedHashMap<>();
					message.at("/result/inputRequests")
						.properties()
						.forEach((entry) -> responses.put(entry.getKey(), answers.to(entry.getValue())));
					request.param("inputResponses", responses);
					request.param("requestState", message.at("/result/requestState").asString());
				}
				throw new AssertionError("The server goes on asking: " + answers.asked);
			}

		},

		LEGACY {

			@Override
			JsonNode run(String method, Map<String, ?> params, Answers answers) {
				LegacyClient client = LegacyClient.begin(server, EVERYTHING_JSON);
				try (LiveExchange call = client.open(1, method, params)) {
					JsonNode message = call.message();
					while (message.has("method")) {
						assertThat(call.isEventStream()).isTrue();
						answers.rounds++;
						HttpResponse<String> response = client.answer(message.get("id").asString(),
								answers.to(message));
						assertThat(response.statusCode()).isEqualTo(202);
						message = call.message();
					}
					assertThat(call.rest()).isEmpty();
					return message;
				}
			}

		};

		abstract JsonNode run(String method, Map<String, ?> params, Answers answers);

		JsonNode tool(String name, Map<String, ?> arguments, Answers answers) {
			return run("tools/call", Map.of("name", name, "arguments", arguments), answers);
		}

	}

	static class AskingTools {

		static final AtomicInteger asks = new AtomicInteger();

		static final AtomicInteger charged = new AtomicInteger();

		static final AtomicInteger nothings = new AtomicInteger();

		static ElicitRequest nameQuestion() {
			return question("What is your name?");
		}

		static ElicitRequest question(String message) {
			return ElicitFormRequest
				.builder(message, Map.of("type", "object", "properties", Map.of("name", Map.of("type", "string")),
						"required", List.of("name")))
				.build();
		}

		static CreateMessageRequest modelQuestion() {
			return CreateMessageRequest
				.builder(List.of(new SamplingMessage(Role.USER, TextContent.builder("6 times 7?").build())), 100)
				.build();
		}

		@McpTool(name = "name", description = "Asks for a name")
		String name(McpSyncRequestContext context) {
			ElicitResult answer = context.elicit(nameQuestion());
			return answer.action() + " " + answer.content();
		}

		@McpTool(name = "typed", description = "Asks for a place")
		String typed(McpSyncRequestContext context) {
			var answer = context.elicit((spec) -> spec.message("Where?"), Place.class);
			return answer.action() + " " + answer.structuredContent();
		}

		@McpTool(name = "visit", description = "Asks to visit a page")
		String visit(McpSyncRequestContext context) {
			return context
				.elicit(ElicitUrlRequest.builder("Please sign", "https://example.org/sign", "some-id").build())
				.action()
				.toString();
		}

		@McpTool(name = "model", description = "Asks the model")
		String model(McpSyncRequestContext context) {
			CreateMessageResult answer = context.sample(modelQuestion());
			return answer.model() + " says " + ((TextContent) answer.content()).text();
		}

		@McpTool(name = "where", description = "Asks for roots")
		String where(McpSyncRequestContext context) {
			return context.roots().roots().stream().map((root) -> root.uri()).toList().toString();
		}

		@McpTool(name = "reactive", description = "Asks everything, one after the other")
		Mono<String> reactive(McpAsyncRequestContext context) {
			return context.elicit(nameQuestion())
				.flatMap((name) -> context.sample(modelQuestion())
					.flatMap((answer) -> context.roots()
						.map((roots) -> name.content() + " " + ((TextContent) answer.content()).text() + " "
								+ roots.roots().size())));
		}

		@McpTool(name = "reactive-rounds", description = "Asks for a name")
		Mono<String> reactiveRounds(McpAsyncRequestContext context) {
			return Mono.fromCallable(() -> InputRounds.of(context).ask((ask) -> ask.elicit("who", nameQuestion())))
				.map((answers) -> String.valueOf(answers.elicitation("who").content()));
		}

		@McpTool(name = "several", description = "Asks everything at once")
		String several(McpSyncRequestContext context) {
			InputAnswers answers = InputRounds.of(context)
				.ask((ask) -> ask.elicit("who", nameQuestion()).sample("what", modelQuestion()).roots("where"));
			return answers.elicitation("who").content() + " " + ((TextContent) answers.sample("what").content()).text()
					+ " " + answers.roots("where").roots().get(0).uri();
		}

		@McpTool(name = "several-one", description = "Asks one")
		String one(McpSyncRequestContext context) {
			return InputRounds.of(context)
				.ask((ask) -> ask.elicit("who", nameQuestion()))
				.elicitation("who")
				.toString();
		}

		@McpTool(name = "three-rounds", description = "Charges, then asks three times")
		String threeRounds(McpSyncRequestContext context) {
			InputRounds rounds = InputRounds.of(context);
			Receipt receipt = rounds.remember("charge", Receipt.class,
					() -> new Receipt(charged.incrementAndGet(), 9.5));
			String nothing = rounds.remember("nothing", String.class, () -> {
				nothings.incrementAndGet();
				return null;
			});
			StringBuilder names = new StringBuilder();
			names.append(name(rounds, "one"));
			if (rounds.carried(String.class).isEmpty()) {
				rounds.carry("after one");
			}
			names.append(name(rounds, "two"));
			if (rounds.carried(String.class).orElseThrow().equals("after one")) {
				rounds.carry("after two");
			}
			names.append(name(rounds, "three"));
			return receipt + " " + nothing + names + " " + rounds.carried(String.class).orElseThrow();
		}

		@McpTool(name = "changing", description = "Never asks the same twice")
		String changing(McpSyncRequestContext context) {
			return String.valueOf(context.elicit(question("Question " + asks.incrementAndGet())).content());
		}

		@McpTool(name = "swallowing", description = "Lets nothing stop it")
		String swallowing(McpSyncRequestContext context) {
			try {
				return String.valueOf(context.elicit(nameQuestion()).content());
			}
			catch (RuntimeException ex) {
				return "never mind";
			}
		}

		@McpTool(name = "pinging", description = "Looks whether anybody is there")
		String pinging(McpSyncRequestContext context) {
			context.ping();
			return "there";
		}

		@McpTool(name = "swallow-checked", description = "Wraps what stops it")
		String wrapping(McpSyncRequestContext context, @McpToolParam(required = false) String ignored)
				throws Exception {
			try {
				return String.valueOf(context.elicit(nameQuestion()).content());
			}
			catch (RuntimeException ex) {
				throw new Exception("wrapped", new IllegalArgumentException(ex));
			}
		}

		private static String name(InputRounds rounds, String key) {
			return " "
					+ rounds.ask((ask) -> ask.elicit(key, question(key + "?"))).elicitation(key).content().get("name");
		}

	}

	static class AskingTargets {

		@McpPrompt(name = "greeting", description = "Greets")
		String greeting(McpSyncRequestContext context, @McpArg(name = "who", required = false) String who) {
			return "Greet " + context.elicit(AskingTools.nameQuestion()).content();
		}

		@McpComplete(prompt = "greeting")
		List<String> complete(McpSyncServerExchange exchange, String value) {
			return List.of(String.valueOf(exchange.createElicitation(AskingTools.nameQuestion())));
		}

		@McpPrompt(name = "greeting-rounds", description = "Greets")
		String greetingRounds(McpSyncRequestContext context) {
			return "Greet " + InputRounds.of(context)
				.ask((ask) -> ask.elicit("who", AskingTools.nameQuestion()))
				.elicitation("who")
				.content();
		}

		@McpResource(uri = "test://asking", name = "asking", description = "Asks")
		String asking(McpSyncRequestContext context) {
			return "For " + context.elicit(AskingTools.nameQuestion()).content();
		}

		@McpResource(uri = "test://asking-rounds", name = "asking-rounds", description = "Asks")
		String askingRounds(McpSyncRequestContext context) {
			return "For " + InputRounds.of(context)
				.ask((ask) -> ask.elicit("who", AskingTools.nameQuestion()))
				.elicitation("who")
				.content();
		}

	}

	record Place(String city, int zip) {

	}

	record Receipt(int number, double total) {

	}

}
