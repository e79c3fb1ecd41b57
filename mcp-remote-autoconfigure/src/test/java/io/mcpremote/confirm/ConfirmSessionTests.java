// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.util.Map;

import io.mcpremote.call.CallConfirmation.Decision;
import io.mcpremote.confirm.ConfirmServer.ConfirmTools;
import io.mcpremote.confirm.ConfirmServer.Heard;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.UserHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The user of a client with a session is asked while the call waits, which holds nothing
 * that others need.
 */
@Timeout(60)
class ConfirmSessionTests {

	private static RunningServer server;

	private static ConfirmTools tools;

	@BeforeAll
	static void start() {
		server = ConfirmServer.start("mcp.remote.sessions.answer-timeout=1ms",
				"mcp.remote.sessions.max-questions-per-caller=2", "mcp.remote.stream.long-call-after=50ms",
				"mcp.remote.stream.call-heartbeat=50ms");
		tools = server.context().getBean(ConfirmTools.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2025-06-18", "2025-11-25" })
	void callWhenConfirmedThenRuns(String revision) {
		LegacyClient client = client(server, revision, "willing");
		try (LiveExchange call = delete(client, 1, "old-" + revision)) {
			JsonNode question = call.message("elicitation/create");
			assertThat(question.at("/params/message").asString()).isEqualTo("Delete project old-" + revision + "?");
			// Longer than a tool's own questions may wait
			call.awaitComment();
			assertThat(tools.ran("delete old-" + revision)).isEmpty();
			client.answer(question.get("id").asString(), ConfirmServer.YES);
			assertThat(RunningServer.text(call.response())).isEqualTo("deleted old-" + revision);
		}
		assertThat(tools.ran("delete old-" + revision)).hasSize(1);
		assertThat(server.context().getBean(Heard.class).of("willing")).contains(Decision.CONFIRMED);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"action\":\"decline\"} | said no", "{\"action\":\"cancel\"} | decided nothing",
					"{\"action\":\"accept\",\"content\":{\"confirm\":false}} | said no",
					"{\"action\":\"accept\"} | said no",
					"{\"action\":\"accept\",\"content\":{\"confirm\":\"true\"}} | said no", "{} | no answer" })
	void callWhenNotConfirmedThenNotRun(String answer, String reason) {
		LegacyClient client = client(server, "2025-11-25", "unwilling");
		try (LiveExchange call = delete(client, 1, "spared")) {
			String id = call.message("elicitation/create").get("id").asString();
			client.post("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"result\":" + answer + "}");
			ConfirmServer.assertNotRun(call.response(), reason);
		}
		assertThat(tools.ran("delete spared")).isEmpty();
	}

	@Test
	void callWhenClientAnswersWithErrorThenNotRun() {
		LegacyClient client = client(server, "2025-11-25", "broken");
		try (LiveExchange call = delete(client, 1, "spared-too")) {
			String id = call.message("elicitation/create").get("id").asString();
			client
				.post("{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"error\":{\"code\":-32601,\"message\":\"What?\"}}");
			ConfirmServer.assertNotRun(call.response(), "no answer");
		}
		assertThat(tools.ran("delete spared-too")).isEmpty();
	}

	@Test
	void callWhenNobodyAnswersThenNotRun() {
		try (RunningServer impatient = ConfirmServer.start("mcp.remote.confirm.input-timeout=20ms")) {
			LegacyClient client = client(impatient, "2025-11-25", "silent");
			try (LiveExchange call = delete(client, 1, "spared")) {
				ConfirmServer.assertNotRun(call.response(), "no answer in time");
			}
			assertThat(impatient.context().getBean(ConfirmTools.class).ran("delete")).isEmpty();
			assertThat(impatient.context().getBean(Heard.class).of("silent")).containsExactly(Decision.UNANSWERED);
		}
	}

	@Test
	void callWhenWithoutCapabilityThenNotRun() {
		LegacyClient client = LegacyClient.begin(server, "{}");
		ConfirmServer.assertNotRun(RunningServer.json(client.tool(1, "delete_project", Map.of("id", "mute"))),
				"this client cannot ask");
		assertThat(tools.ran("delete mute")).isEmpty();
	}

	@Test
	void callWhenWithoutStreamThenNotRun() {
		LegacyClient client = client(server, "2025-11-25", "deaf");
		try (LiveExchange call = client.openTool(1, "delete_project", Map.of("id", "deaf"), "Accept",
				"application/json")) {
			ConfirmServer.assertNotRun(call.response(), "this client cannot ask");
		}
		assertThat(tools.ran("delete deaf")).isEmpty();
	}

	@Test
	void callWhenWithoutSessionThenNotRun() {
		JsonNode message = RunningServer.json(server.post(
				LegacyClient.message(1, "tools/call",
						Map.of("name", "delete_project", "arguments", Map.of("id", "stateless"))),
				"MCP-Protocol-Version", "2025-11-25"));
		ConfirmServer.assertNotRun(message, "this client cannot ask");
		assertThat(tools.ran("delete stateless")).isEmpty();
	}

	@Test
	void callWhenTakenBackWhileUserIsAskedThenEndsAndNeverRuns() {
		LegacyClient client = client(server, "2025-11-25", "hesitant");
		try (LiveExchange call = delete(client, 7, "taken-back")) {
			String id = call.message("elicitation/create").get("id").asString();
			client.notify("notifications/cancelled", Map.of("requestId", 7));
			assertThat(call.rest()).isEmpty();
			client.answer(id, ConfirmServer.YES);
		}
		assertThat(tools.ran("delete taken-back")).isEmpty();
	}

	@Test
	void callWhenSessionEndsWhileUserIsAskedThenNotRun() {
		LegacyClient client = client(server, "2025-11-25", "leaving");
		try (LiveExchange call = delete(client, 1, "left")) {
			call.message("elicitation/create");
			client.delete();
			Eventually.until("the guard knows", () -> !server.context().getBean(Heard.class).of("leaving").isEmpty());
		}
		assertThat(server.context().getBean(Heard.class).of("leaving")).containsExactly(Decision.UNANSWERED);
		assertThat(tools.ran("delete left")).isEmpty();
	}

	@Test
	void callWhenTooManyWaitForOneUserThenNotRun() {
		LegacyClient client = client(server, "2025-11-25", "busy");
		LegacyClient other = client(server, "2025-11-25", "free");
		try (LiveExchange first = delete(client, 1, "crowd"); LiveExchange second = delete(client, 2, "crowd")) {
			String one = first.message("elicitation/create").get("id").asString();
			String two = second.message("elicitation/create").get("id").asString();
			ConfirmServer.assertNotRun(RunningServer.json(client.tool(3, "delete_project", Map.of("id", "crowd"))),
					"too many other questions");
			try (LiveExchange others = delete(other, 1, "crowd")) {
				others.message("elicitation/create");
				other.notify("notifications/cancelled", Map.of("requestId", 1));
				assertThat(others.rest()).isEmpty();
			}
			client.answer(one, ConfirmServer.NO);
			ConfirmServer.assertNotRun(first.response(), "said no");
			try (LiveExchange third = delete(client, 4, "crowd")) {
				client.answer(third.message("elicitation/create").get("id").asString(), ConfirmServer.NO);
				ConfirmServer.assertNotRun(third.response(), "said no");
			}
			client.answer(two, ConfirmServer.NO);
			ConfirmServer.assertNotRun(second.response(), "said no");
		}
	}

	private static LegacyClient client(RunningServer at, String revision, String user) {
		return LegacyClient.begin(at, revision, "{\"elicitation\":{}}", UserHeader.NAME, user);
	}

	private static LiveExchange delete(LegacyClient client, int id, String project) {
		return client.openTool(id, "delete_project", Map.of("id", project));
	}

}
