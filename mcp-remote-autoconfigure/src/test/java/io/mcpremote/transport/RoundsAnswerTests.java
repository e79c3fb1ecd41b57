// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever answers a client of today sends, it is asked for what is missing and no more.
 */
class RoundsAnswerTests {

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

	@Test
	void askWhenFirstRoundHasAnswersThenNotAsked() {
		ModernRequest request = AskingServer.modern("several")
			.param("inputResponses", Map.of("who", ADA, "what", AskingServer.sample("hello"), "where",
					Map.of("roots", List.of(Map.of("uri", "file:///a")))));
		assertThat(RunningServer.text(answer(request))).isEqualTo("{name=Ada} hello file:///a");
	}

	@Test
	void elicitWhenFirstRoundHasAnswerToNumberedKeyThenNotAsked() {
		ModernRequest request = AskingServer.modern("name")
			.param("inputResponses", Map.of("elicitation/create-1", ADA));
		assertThat(RunningServer.text(answer(request))).isEqualTo("ACCEPT {name=Ada}");
	}

	@Test
	void askWhenSomeKeysAreMissingThenOnlyThoseAreAskedAgain() {
		JsonNode first = answer(AskingServer.modern("several"));
		assertThat(AskingServer.keys(first)).containsExactlyInAnyOrder("who", "what", "where");
		JsonNode second = answer(next("several", first, Map.of("who", ADA, "whom", Map.of())));
		assertThat(AskingServer.keys(second)).containsExactlyInAnyOrder("what", "where");
		JsonNode third = answer(next("several", second, Map.of("what", AskingServer.sample("hello"), "where",
				Map.of("roots", List.of(Map.of("uri", "file:///a"))))));
		assertThat(RunningServer.text(third)).isEqualTo("{name=Ada} hello file:///a");
	}

	@Test
	void askWhenUnknownKeysThenIgnored() {
		JsonNode first = answer(AskingServer.modern("name"));
		JsonNode second = answer(next("name", first,
				Map.of("elicitation/create-1", ADA, "extra", Map.of("action", "accept"), "elicitation/create-2", "?")));
		assertThat(RunningServer.text(second)).isEqualTo("ACCEPT {name=Ada}");
	}

	@Test
	void askWhenKeyIsWrongThenAskedAgain() {
		JsonNode first = answer(AskingServer.modern("name"));
		JsonNode second = answer(next("name", first, Map.of("something", ADA)));
		assertThat(AskingServer.keys(second)).containsExactly("elicitation/create-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "7", "\"yes\"", "[]", "{}", "{\"action\":\"maybe\"}", "{\"action\":1}",
			"{\"action\":\"accept\"}", "{\"action\":\"accept\",\"content\":null}",
			"{\"action\":\"accept\",\"content\":[]}", "{\"action\":\"accept\",\"content\":{}}",
			"{\"action\":\"accept\",\"content\":{\"name\":7}}", "{\"content\":{\"name\":\"Ada\"}}" })
	void askWhenAnswerDoesNotFitThenAskedAgain(String answer) {
		JsonNode first = answer(AskingServer.modern("name"));
		Object value = RunningServer.plain(RunningServer.json(answer));
		Map<String, Object> responses = new LinkedHashMap<>();
		responses.put("elicitation/create-1", value);
		HttpResponse<String> second = server.modern(next("name", first, responses));
		assertThat(second.statusCode()).isEqualTo(200);
		assertThat(AskingServer.keys(RunningServer.json(second))).containsExactly("elicitation/create-1");
		JsonNode third = answer(next("name", RunningServer.json(second), Map.of("elicitation/create-1", ADA)));
		assertThat(RunningServer.text(third)).isEqualTo("ACCEPT {name=Ada}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "7", "\"yes\"", "[]", "true" })
	void askWhenResponsesAreNoObjectThenInvalidParams(String responses) {
		JsonNode first = answer(AskingServer.modern("name"));
		HttpResponse<String> second = server.modern(
				next("name", first, null).param("inputResponses", RunningServer.plain(RunningServer.json(responses))));
		assertThat(second.statusCode()).isEqualTo(200);
		assertThat(RunningServer.json(second).at("/error/code").asInt()).isEqualTo(-32602);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"role\":\"assistant\"}", "{\"role\":\"assistant\",\"content\":{}}",
			"{\"role\":\"assistant\",\"model\":\"m\",\"content\":\"text\"}" })
	void sampleWhenAnswerDoesNotFitThenAskedAgain(String answer) {
		JsonNode first = answer(AskingServer.modern("model"));
		JsonNode second = answer(next("model", first,
				Map.of("sampling/createMessage-1", RunningServer.plain(RunningServer.json(answer)))));
		assertThat(AskingServer.keys(second)).containsExactly("sampling/createMessage-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"roots\":{}}", "{\"roots\":[7]}", "{\"roots\":[{\"name\":\"a\"}]}" })
	void rootsWhenAnswerDoesNotFitThenAskedAgain(String answer) {
		JsonNode first = answer(AskingServer.modern("where"));
		JsonNode second = answer(
				next("where", first, Map.of("roots/list-1", RunningServer.plain(RunningServer.json(answer)))));
		assertThat(AskingServer.keys(second)).containsExactly("roots/list-1");
	}

	@Test
	void elicitWhenQuestionUnderNumberedKeyChangesThenAskedAgain() {
		AskingServer.AskingTools.asks.set(0);
		JsonNode first = answer(AskingServer.modern("changing"));
		JsonNode second = answer(next("changing", first,
				Map.of("elicitation/create-1", AskingServer.accept(Map.of("name", "for the first")))));
		assertThat(AskingServer.keys(second)).containsExactly("elicitation/create-1");
		assertThat(second.at("/result/inputRequests/elicitation~1create-1/params/message").asString())
			.isEqualTo("Question 2");
		AskingServer.AskingTools.asks.set(1);
		JsonNode third = answer(next("changing", second,
				Map.of("elicitation/create-1", AskingServer.accept(Map.of("name", "for the second")))));
		assertThat(RunningServer.text(third)).isEqualTo("{name=for the second}");
	}

	@Test
	void askWhenToolSwallowsSignalThenStillInputRequired() {
		JsonNode first = answer(AskingServer.modern("swallowing"));
		assertThat(first.at("/result/resultType").asString()).isEqualTo("input_required");
		assertThat(AskingServer.keys(first)).containsExactly("elicitation/create-1");
		JsonNode second = answer(next("swallowing", first, Map.of("elicitation/create-1", ADA)));
		assertThat(RunningServer.text(second)).isEqualTo("{name=Ada}");
	}

	private static ModernRequest next(String tool, JsonNode before, Map<String, ?> responses) {
		ModernRequest request = AskingServer.modern(tool)
			.id(2)
			.param("requestState", before.at("/result/requestState").asString());
		return (responses != null) ? request.param("inputResponses", responses) : request;
	}

	private static JsonNode answer(ModernRequest request) {
		return RunningServer.json(server.modern(request));
	}

}
