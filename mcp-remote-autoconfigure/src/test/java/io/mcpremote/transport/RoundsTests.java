// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.Map;

import io.mcpremote.test.RunningServer;
import io.mcpremote.transport.AskedClient.Answers;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tools, prompts and resources ask their clients, from one source in both eras.
 */
class RoundsTests {

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
	@EnumSource
	void elicitWhenAcceptedThenToolHasContent(AskedClient client) {
		Answers answers = new Answers().put("elicitation/create", ADA);
		JsonNode result = client.tool(server, "name", Map.of(), answers);
		assertThat(RunningServer.text(result)).isEqualTo("ACCEPT {name=Ada}");
		assertThat(answers.asked()).hasSize(1);
		JsonNode question = answers.asked().get(0);
		assertThat(question.at("/params/message").asString()).isEqualTo("What is your name?");
		assertThat(question.at("/params/requestedSchema/required/0").asString()).isEqualTo("name");
	}

	@ParameterizedTest
	@EnumSource
	void elicitWhenDeclinedOrCancelledThenToolIsTold(AskedClient client) {
		assertThat(RunningServer.text(client.tool(server, "name", Map.of(),
				new Answers().put("elicitation/create", Map.of("action", "decline")))))
			.isEqualTo("DECLINE null");
		assertThat(RunningServer.text(client.tool(server, "name", Map.of(),
				new Answers().put("elicitation/create", Map.of("action", "cancel")))))
			.isEqualTo("CANCEL null");
	}

	@ParameterizedTest
	@EnumSource
	void elicitWhenByTypeThenToolHasObject(AskedClient client) {
		JsonNode result = client.tool(server, "typed", Map.of(),
				new Answers().put("elicitation/create", AskingServer.accept(Map.of("city", "Bern", "zip", 3000))));
		assertThat(RunningServer.text(result)).isEqualTo("ACCEPT Place[city=Bern, zip=3000]");
	}

	@ParameterizedTest
	@EnumSource
	void elicitWhenUrlThenUrlReachesClient(AskedClient client) {
		Answers answers = new Answers().put("elicitation/create", Map.of("action", "accept"));
		assertThat(RunningServer.text(client.tool(server, "visit", Map.of(), answers))).isEqualTo("ACCEPT");
		assertThat(answers.asked().get(0).at("/params/mode").asString()).isEqualTo("url");
		assertThat(answers.asked().get(0).at("/params/url").asString()).isEqualTo("https://example.org/sign");
	}

	@ParameterizedTest
	@EnumSource
	void sampleWhenAnsweredThenToolHasText(AskedClient client) {
		Answers answers = new Answers().put("sampling/createMessage", AskingServer.sample("42"));
		assertThat(RunningServer.text(client.tool(server, "model", Map.of(), answers))).isEqualTo("some-model says 42");
		assertThat(answers.asked().get(0).at("/params/messages/0/content/text").asString()).isEqualTo("6 times 7?");
	}

	@ParameterizedTest
	@EnumSource
	void rootsWhenAnsweredThenToolHasRoots(AskedClient client) {
		Answers answers = new Answers().put("roots/list",
				Map.of("roots", List.of(Map.of("uri", "file:///a"), Map.of("uri", "file:///b"))));
		assertThat(RunningServer.text(client.tool(server, "where", Map.of(), answers)))
			.isEqualTo("[file:///a, file:///b]");
	}

	@ParameterizedTest
	@EnumSource
	void elicitWhenToolIsReactiveThenSame(AskedClient client) {
		Answers answers = new Answers().put("elicitation/create", ADA)
			.put("sampling/createMessage", AskingServer.sample("hello"))
			.put("roots/list", Map.of("roots", List.of(Map.of("uri", "file:///a"))));
		assertThat(RunningServer.text(client.tool(server, "reactive", Map.of(), answers)))
			.isEqualTo("{name=Ada} hello 1");
		assertThat(answers.asked()).extracting((question) -> question.get("method").asString())
			.containsExactly("elicitation/create", "sampling/createMessage", "roots/list");
	}

	@ParameterizedTest
	@EnumSource
	void askWhenToolIsReactiveThenInputRoundsWork(AskedClient client) {
		Answers answers = new Answers().put("elicitation/create", ADA);
		assertThat(RunningServer.text(client.tool(server, "reactive-rounds", Map.of(), answers)))
			.isEqualTo("{name=Ada}");
	}

	@ParameterizedTest
	@EnumSource
	void elicitWhenInPromptThenAsked(AskedClient client) {
		Answers answers = new Answers().put("elicitation/create", ADA);
		JsonNode result = client.run(server, "prompts/get", Map.of("name", "greeting", "arguments", Map.of()), answers);
		assertThat(result.at("/result/messages/0/content/text").asString()).isEqualTo("Greet {name=Ada}");
		assertThat(answers.asked()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void elicitWhenInResourceThenAsked(AskedClient client) {
		Answers answers = new Answers().put("elicitation/create", ADA);
		JsonNode result = client.run(server, "resources/read", Map.of("uri", "test://asking"), answers);
		assertThat(result.at("/result/contents/0/text").asString()).isEqualTo("For {name=Ada}");
		assertThat(answers.asked()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void askWhenSeveralKeysThenAllAnswered(AskedClient client) {
		Answers answers = new Answers().put("elicitation/create", ADA)
			.put("sampling/createMessage", AskingServer.sample("hello"))
			.put("roots/list", Map.of("roots", List.of(Map.of("uri", "file:///a"))));
		assertThat(RunningServer.text(client.tool(server, "several", Map.of(), answers)))
			.isEqualTo("{name=Ada} hello file:///a");
		assertThat(answers.asked()).hasSize(3);
		assertThat(answers.rounds()).isEqualTo((client == AskedClient.MODERN) ? 1 : 3);
	}

	@ParameterizedTest
	@EnumSource
	void rememberWhenThreeRoundsThenStepRunsOnce(AskedClient client) {
		AskingServer.AskingTools.charged.set(0);
		Answers answers = new Answers().put("elicitation/create", ADA);
		JsonNode result = client.tool(server, "three-rounds", Map.of(), answers);
		assertThat(RunningServer.text(result)).isEqualTo("Receipt[number=1, total=9.5] null Ada Ada Ada after two");
		assertThat(answers.asked()).hasSize(3);
		assertThat(AskingServer.AskingTools.charged).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource
	void rememberWhenResultIsNullThenStepRunsOnce(AskedClient client) {
		AskingServer.AskingTools.nothings.set(0);
		client.tool(server, "three-rounds", Map.of(), new Answers().put("elicitation/create", ADA));
		assertThat(AskingServer.AskingTools.nothings).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource
	void askWhenToolWasAddedAtRunTimeThenAsked(AskedClient client) {
		McpSyncServer sdk = server.context().getBean(McpSyncServer.class);
		Tool tool = Tool.builder("added", Map.of("type", "object")).build();
		sdk.addTool(new SyncToolSpecification(tool, (exchange, request) -> {
			ElicitResult answer = exchange.createElicitation(AskingServer.AskingTools.nameQuestion());
			String carried = InputRounds.of(exchange).remember("step", String.class, () -> "once");
			return CallToolResult.builder().addTextContent(answer.content() + " " + carried).build();
		}));
		try {
			Answers answers = new Answers().put("elicitation/create", ADA);
			assertThat(RunningServer.text(client.tool(server, "added", Map.of(), answers)))
				.isEqualTo("{name=Ada} once");
		}
		finally {
			sdk.removeTool("added");
		}
	}

	@ParameterizedTest
	@EnumSource
	void pingWhenFromToolThenNoQuestionOfItsOwn(AskedClient client) {
		Answers answers = new Answers().put("ping", Map.of());
		assertThat(RunningServer.text(client.tool(server, "pinging", Map.of(), answers))).isEqualTo("there");
		assertThat(answers.asked()).hasSize((client == AskedClient.MODERN) ? 0 : 1);
	}

}
