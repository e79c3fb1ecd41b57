// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.UserHeader;
import io.modelcontextprotocol.spec.McpSchema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Questions to the client of a session, and its answers.
 */
class SessionQuestionTests {

	private static RunningServer server;

	private static RunningServer impatient;

	/**
	 * Lets two calls of one user wait, and for long.
	 */
	private static RunningServer few;

	@BeforeAll
	static void start() {
		server = SessionServer.roomy();
		impatient = SessionServer.start("mcp.remote.sessions.answer-timeout=300ms");
		few = SessionServer.start("mcp.remote.sessions.max-questions-per-caller=2");
	}

	@AfterAll
	static void stop() {
		server.close();
		impatient.close();
		few.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ask", "sample", "roots" })
	void askWhenClientDoesNotAnswerThenToolErrorInTime(String tool) {
		LegacyClient client = LegacyClient.begin(impatient, "2025-11-25",
				"{\"elicitation\":{},\"sampling\":{},\"roots\":{}}", UserHeader.NAME, "silent-" + tool);
		try (LiveExchange call = client.openTool(1, tool, Map.of())) {
			JsonNode question = call.message();
			// Before the call goes on
			JsonNode cancelled = call.message();
			assertThat(cancelled.get("method").asString()).isEqualTo("notifications/cancelled");
			assertThat(cancelled.at("/params/requestId")).isEqualTo(question.get("id"));
			JsonNode result = call.response();
			assertThat(result.at("/result/isError").asBoolean()).as(result.toString()).isTrue();
			assertThat(client.answer(question.get("id").asString(), Map.of("action", "cancel")).statusCode())
				.isEqualTo(202);
		}
		client.delete();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ask", "sample", "roots" })
	void askWhenClientAnswersWithErrorThenCallFails(String tool) {
		LegacyClient client = LegacyClient.begin(server, "{\"elicitation\":{},\"sampling\":{},\"roots\":{}}");
		try (LiveExchange call = client.openTool(1, tool, Map.of())) {
			String id = call.message().get("id").asString();
			HttpResponse<String> answered = client.post("""
					{"jsonrpc":"2.0","id":"%s","error":{"code":-1,"message":"User rejected it"}}""".formatted(id));
			assertThat(answered.statusCode()).isEqualTo(202);
			JsonNode result = call.response();
			assertThat(result.has("error") || result.at("/result/isError").asBoolean()).as(result.toString()).isTrue();
			assertThat(result.toString()).contains("User rejected it");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ask", "ask-rounds" })
	void askWhenCallsAreTakenBackThenClientIsToldAndPlacesAreFree(String tool) {
		LegacyClient client = LegacyClient.begin(few, "2025-11-25", "{\"elicitation\":{}}", UserHeader.NAME,
				"changing-" + tool);
		try (LiveExchange stream = client.listen()) {
			SessionServer.awaitListening(few, client);
			for (int i = 1; i <= 3; i++) {
				try (LiveExchange call = client.openTool(i, tool, Map.of())) {
					JsonNode question = call.message("elicitation/create");
					client.notify("notifications/cancelled", Map.of("requestId", i));
					assertThat(call.rest()).isEmpty();
					assertThat(stream.message("notifications/cancelled").at("/params/requestId"))
						.isEqualTo(question.get("id"));
				}
			}
			try (LiveExchange call = client.openTool(9, "ask", Map.of())) {
				client.answer(call.message("elicitation/create").get("id").asString(), Map.of("action", "accept"));
				assertThat(RunningServer.text(call.response())).isEqualTo("ACCEPT");
			}
		}
	}

	@Test
	void askWhenQuestionCannotBeWrittenThenPlacesAreFree() {
		LegacyClient client = LegacyClient.begin(few, "2025-11-25", "{\"elicitation\":{}}", UserHeader.NAME,
				"unwritable");
		for (int i = 1; i <= 3; i++) {
			JsonNode failed = RunningServer.json(client.tool(i, "ask-unwritable", Map.of()));
			assertThat(failed.at("/result/isError").asBoolean()).as(failed.toString()).isTrue();
			assertThat(failed.toString()).contains("Reference: ");
		}
		try (LiveExchange call = client.openTool(9, "ask", Map.of())) {
			client.answer(call.message("elicitation/create").get("id").asString(), Map.of("action", "accept"));
			assertThat(RunningServer.text(call.response())).isEqualTo("ACCEPT");
		}
	}

	@Test
	void answerWhenFromOtherSessionThenNotTaken() {
		LegacyClient client = LegacyClient.begin(server, "{\"elicitation\":{}}");
		LegacyClient other = LegacyClient.begin(server, "{\"elicitation\":{}}");
		try (LiveExchange call = client.openTool(1, "ask", Map.of())) {
			String id = call.message().get("id").asString();
			assertThat(other.answer(id, Map.of("action", "accept")).statusCode()).isEqualTo(202);
			assertThat(client.answer(id, Map.of("action", "decline")).statusCode()).isEqualTo(202);
			assertThat(RunningServer.text(call.response())).isEqualTo("DECLINE");
			assertThat(client.answer(id, Map.of("action", "accept")).statusCode()).isEqualTo(202);
		}
	}

	@Test
	void rootsChangedWhenStreamIsOpenThenApplicationIsTold() throws InterruptedException {
		SessionServer.rootsChanges.clear();
		LegacyClient client = LegacyClient.begin(server, "{\"roots\":{\"listChanged\":true}}");
		assertThat(client.notify("notifications/roots/list_changed", Map.of()).statusCode()).isEqualTo(202);
		try (LiveExchange stream = client.listen()) {
			SessionServer.awaitListening(server, client);
			assertThat(client.notify("notifications/roots/list_changed", Map.of()).statusCode()).isEqualTo(202);
			JsonNode question = stream.message("roots/list");
			client.answer(question.get("id").asString(), Map.of("roots", List.of(Map.of("uri", "file:///a"))));
			List<McpSchema.Root> roots = SessionServer.rootsChanges.poll(Eventually.DEADLINE.toSeconds(),
					TimeUnit.SECONDS);
			assertThat(roots).extracting(McpSchema.Root::uri).containsExactly("file:///a");
		}
		assertThat(SessionServer.rootsChanges).isEmpty();
	}

}
