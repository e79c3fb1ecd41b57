// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers are JSON until there is something to say ahead of them.
 */
class StreamTests {

	private static RunningServer server;

	/**
	 * Takes every call for a long one.
	 */
	private static RunningServer impatient;

	@BeforeAll
	static void start() {
		server = RunningServer.start(List.of("mcp.remote.sessions.enabled=true", "mcp.remote.stream.long-call-after=1h",
				"mcp.remote.message.max-batch-size=10"), StreamTools.class);
		impatient = RunningServer.start(
				List.of("mcp.remote.stream.long-call-after=100ms", "mcp.remote.stream.call-heartbeat=100ms"),
				StreamTools.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		impatient.close();
	}

	@Test
	void callWhenNothingIsSentAheadThenJson() {
		HttpResponse<String> response = server.modern(ModernRequest.callTool("quiet", Map.of()));
		assertJson(response);
		assertJson(server.post(LegacyClient.message(1, "tools/call", Map.of("name", "quiet", "arguments", Map.of()))));
		LegacyClient client = LegacyClient.begin(server, "{}");
		assertJson(client.tool(1, "quiet", Map.of()));
	}

	@Test
	void callWhenNothingIsWantedAheadThenJson() {
		assertJson(server.modern(ModernRequest.callTool("logging", Map.of())));
		assertJson(server.modern(ModernRequest.callTool("progress", Map.of())));
		assertJson(server.modern(ModernRequest.callTool("logging", Map.of()).meta("logLevel", "emergency")));
	}

	@Test
	void callWhenSomethingIsSentAheadThenEventStream() {
		try (LiveExchange call = LiveExchange.open(server,
				ModernRequest.callTool("progress", Map.of()).rawMeta("progressToken", "p"))) {
			assertThat(call.status()).isEqualTo(200);
			assertThat(call.header("Content-Type")).startsWith("text/event-stream");
			assertThat(call.header("Cache-Control")).contains("no-cache");
			assertThat(call.header("X-Accel-Buffering")).isEqualTo("no");
			assertThat(call.header("Mcp-Session-Id")).isNull();
			List<JsonNode> all = call.rest();
			assertThat(all).extracting((message) -> message.path("method").asString("response"))
				.containsExactly("notifications/progress", "notifications/progress", "notifications/progress",
						"response");
			assertThat(all.get(0).at("/params/progressToken").asString()).isEqualTo("p");
			assertThat(all).extracting((message) -> message.at("/params/progress").asDouble(1))
				.containsExactly(0.1, 0.2, 0.3, 1.0);
			assertThat(call.seen()).allMatch((event) -> event.id() == null);
		}
	}

	@Test
	void callWhenSentAheadThenArrivesAhead() {
		StreamTools.gate = new CountDownLatch(1);
		try (LiveExchange call = LiveExchange.open(server,
				ModernRequest.callTool("gated", Map.of()).rawMeta("progressToken", 5))) {
			assertThat(call.message().at("/params/progressToken").toString()).isEqualTo("5");
			assertThat(StreamTools.gate.getCount()).isEqualTo(1);
			StreamTools.gate.countDown();
			assertThat(RunningServer.text(call.response())).isEqualTo("gated");
		}
	}

	@Test
	void callWhenRefusedAfterStreamHasBegunThenErrorInStream() {
		try (LiveExchange call = LiveExchange.open(server,
				ModernRequest.callTool("progress-ask", Map.of()).rawMeta("progressToken", "p"))) {
			assertThat(call.status()).isEqualTo(200);
			JsonNode response = call.response();
			assertThat(response.at("/error/code").asInt()).isEqualTo(-32021);
			assertThat(response.get("id").asInt()).isEqualTo(1);
			assertThat(call.rest()).isEmpty();
		}
		// Nothing committed, and there is a status for it
		assertThat(server.modern(ModernRequest.callTool("progress-ask", Map.of())).statusCode()).isEqualTo(400);
	}

	@Test
	void callWhenInputIsRequiredAfterStreamHasBegunThenInStream() {
		try (LiveExchange call = LiveExchange.open(server,
				ModernRequest.callTool("progress-ask", Map.of())
					.capabilities(Map.of("elicitation", Map.of()))
					.rawMeta("progressToken", "p"))) {
			assertThat(call.response().at("/result/resultType").asString()).isEqualTo("input_required");
		}
	}

	@Test
	void callWhenJsonOnlyIsAcceptedThenNotificationsAreDropped() {
		try (LiveExchange call = LiveExchange.open(server, "POST",
				ModernRequest.callTool("progress", Map.of()).rawMeta("progressToken", "p").body(),
				with(ModernRequest.callTool("progress", Map.of()).headers(), "Accept", "application/json"))) {
			assertThat(call.status()).isEqualTo(200);
			assertThat(call.header("Content-Type")).startsWith("application/json");
			assertThat(RunningServer.text(call.message())).isEqualTo("progressed");
		}
		LegacyClient client = LegacyClient.begin(server, "{}");
		try (LiveExchange call = client.openTool(1, "logging", Map.of(), "Accept", "application/json")) {
			assertThat(call.header("Content-Type")).startsWith("application/json");
			assertThat(RunningServer.text(call.message())).isEqualTo("logged");
		}
	}

	@Test
	void callWhenJsonOnlyIsAcceptedThenLongCallStaysJson() {
		StreamTools.gate = new CountDownLatch(1);
		try (LiveExchange other = LiveExchange.open(impatient, ModernRequest.callTool("gated", Map.of()));
				LiveExchange call = LiveExchange.open(impatient, "POST",
						ModernRequest.callTool("gated", Map.of()).body(),
						with(ModernRequest.callTool("gated", Map.of()).headers(), "Accept", "application/json"))) {
			other.awaitComment();
			other.awaitComment();
			StreamTools.gate.countDown();
			assertThat(call.header("Content-Type")).startsWith("application/json");
			assertThat(RunningServer.text(call.message())).isEqualTo("gated");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "quiet", "logging" })
	void callWhenStreamOnlyIsAcceptedThenEventStream(String tool) {
		try (LiveExchange call = LiveExchange.open(server, "POST", ModernRequest.callTool(tool, Map.of()).body(),
				with(ModernRequest.callTool(tool, Map.of()).headers(), "Accept", "text/event-stream"))) {
			assertThat(call.isEventStream()).isTrue();
			assertThat(call.rest()).hasSize(1);
		}
	}

	@Test
	void callWhenStreamOnlyIsAcceptedThenRefusalKeepsItsStatus() {
		try (LiveExchange call = LiveExchange.open(server, "POST", ModernRequest.of("no/such").body(),
				with(ModernRequest.of("no/such").headers(), "Accept", "text/event-stream"))) {
			assertThat(call.status()).isEqualTo(404);
			assertThat(call.message().at("/error/code").asInt()).isEqualTo(-32601);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callWhenLongThenSignsOfLifeAndResult(boolean modern) {
		StreamTools.gate = new CountDownLatch(1);
		try (LiveExchange call = (modern) ? LiveExchange.open(impatient, ModernRequest.callTool("gated", Map.of()))
				: LiveExchange.open(impatient, "POST",
						LegacyClient.message(1, "tools/call", Map.of("name", "gated", "arguments", Map.of())))) {
			assertThat(call.isEventStream()).isTrue();
			call.awaitComment();
			call.awaitComment();
			StreamTools.gate.countDown();
			assertThat(RunningServer.text(call.response())).isEqualTo("gated");
			assertThat(call.rest()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "debug, 4", "info, 3", "notice, 2", "warning, 2", "error, 1", "critical, 0" })
	void logWhenLevelIsGivenThenThatAndAbove(String level, int expected) {
		HttpResponse<String> response = server
			.modern(ModernRequest.callTool("logging", Map.of()).meta("logLevel", level));
		List<JsonNode> messages = (expected > 0) ? RunningServer.events(response.body())
				: List.of(RunningServer.json(response));
		assertThat(messages).hasSize(expected + 1);
		assertThat(messages.subList(0, expected))
			.allMatch((message) -> "notifications/message".equals(message.get("method").asString()));
	}

	@Test
	void logWhenLevelIsUnknownThenInvalidParams() {
		for (Object level : List.of("loud", 3, List.of())) {
			HttpResponse<String> response = server
				.modern(ModernRequest.callTool("logging", Map.of()).meta("logLevel", level));
			assertThat(RunningServer.json(response).at("/error/code").asInt()).isEqualTo(-32602);
		}
	}

	@Test
	void progressWhenTokenIsNoneOfTheClientsThenNotSent() {
		assertJson(server.modern(ModernRequest.callTool("made-up-progress", Map.of())));
		HttpResponse<String> other = server
			.modern(ModernRequest.callTool("made-up-progress", Map.of()).rawMeta("progressToken", "mine"));
		assertThat(other.body()).doesNotContain("made-up");
	}

	@Test
	void notifyWhenCallHasEndedThenDropped() {
		StreamTools.late = new CountDownLatch(1);
		StreamTools.sent = new CountDownLatch(1);
		try (LiveExchange call = LiveExchange.open(server,
				ModernRequest.callTool("late", Map.of()).rawMeta("progressToken", "p"))) {
			assertThat(RunningServer.text(call.response())).isEqualTo("early");
			StreamTools.late.countDown();
			Eventually.until("the late message was sent", StreamTools.sent);
			assertThat(call.rest()).isEmpty();
		}
		assertJson(server.modern(ModernRequest.callTool("quiet", Map.of())));
	}

	@Test
	void batchWhenMixedThenAnswersForRequestsOnly() {
		HttpResponse<String> response = server.post("""
				[{"jsonrpc":"2.0","id":1,"method":"ping"},
				{"jsonrpc":"2.0","method":"notifications/initialized"},
				{"jsonrpc":"2.0","id":"two","method":"tools/call","params":{"name":"quiet","arguments":{}}},
				{"jsonrpc":"2.0","id":3,"method":"no/such"},
				{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"none","arguments":{}}},
				{"jsonrpc":"1.0","id":5,"method":"ping"},
				7,
				{"jsonrpc":"2.0","id":6,"method":"initialize","params":{}}]""");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
		assertThat(response.headers().firstValue("Mcp-Session-Id")).isEmpty();
		JsonNode answers = RunningServer.json(response);
		assertThat(answers.isArray()).isTrue();
		assertThat(answers.size()).isEqualTo(7);
		assertThat(answer(answers, "1").get("result")).isEmpty();
		assertThat(answer(answers, "\"two\"").at("/result/content/0/text").asString()).isEqualTo("quiet");
		assertThat(answer(answers, "3").at("/error/code").asInt()).isEqualTo(-32601);
		assertThat(answer(answers, "4").at("/error/code").asInt()).isEqualTo(-32602);
		assertThat(answer(answers, "5").at("/error/code").asInt()).isEqualTo(-32600);
		assertThat(answer(answers, "6").at("/error/code").asInt()).isEqualTo(-32600);
	}

	@Test
	void batchWhenNotificationsOnlyThenAccepted() {
		HttpResponse<String> response = server.post("""
				[{"jsonrpc":"2.0","method":"notifications/initialized"},
				{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}]""");
		assertThat(response.statusCode()).isEqualTo(202);
		assertThat(response.body()).isEmpty();
	}

	@Test
	void batchWhenSomethingIsSentAheadThenEventStream() {
		String body = """
				[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"progress","arguments":{},\
				"_meta":{"progressToken":"a"}}},
				{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"quiet","arguments":{}}},
				{"jsonrpc":"2.0","id":3,"method":"no/such"}]""";
		try (LiveExchange call = LiveExchange.open(server, "POST", body)) {
			assertThat(call.isEventStream()).isTrue();
			List<JsonNode> all = call.rest();
			assertThat(all).filteredOn((message) -> message.has("method")).hasSize(3);
			assertThat(all).filteredOn((message) -> message.has("id"))
				.extracting((message) -> message.get("id").asInt())
				.containsExactly(1, 2, 3);
		}
	}

	@Test
	void batchWhenInSessionThenQuestionsCanBeAnswered() {
		LegacyClient client = LegacyClient.begin(server, "2025-03-26", "{\"elicitation\":{}}");
		try (LiveExchange call = LiveExchange.open(server, "POST", "["
				+ LegacyClient.message(1, "tools/call", Map.of("name", "progress-ask", "arguments", Map.of())) + "]",
				client.headers())) {
			JsonNode question = call.message("elicitation/create");
			HttpResponse<String> answered = client
				.post("[{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"result\":{\"action\":\"decline\"}}]"
					.formatted(question.get("id").asString()));
			assertThat(answered.statusCode()).isEqualTo(202);
			assertThat(RunningServer.text(call.response())).isEqualTo("DECLINE");
		}
	}

	@Test
	void batchWhenStreamOnlyIsAcceptedThenEventStream() {
		try (LiveExchange call = LiveExchange.open(server, "POST",
				"[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", "Accept", "text/event-stream")) {
			assertThat(call.isEventStream()).isTrue();
			assertThat(call.rest()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "resources/subscribe", "subscriptions/listen", "server/discover", "stream/open" })
	void batchWhenMethodNeedsMoreThanABatchHasThenErrorInBand(String method) {
		HttpResponse<String> response = server
			.post("[" + LegacyClient.message(1, method, Map.of("uri", "test://a", "notifications", Map.of())) + "]");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(RunningServer.json(response).at("/0/error/code").asInt()).isEqualTo(-32601);
	}

	@Test
	void batchWhenEmptyTooLongOrOfOtherRevisionThenRefused() {
		assertThat(server.post("[]").statusCode()).isEqualTo(400);
		String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
		assertThat(server.post("[" + (ping + ",").repeat(10) + ping + "]").statusCode()).isEqualTo(400);
		assertThat(server.post("[" + (ping + ",").repeat(9) + ping + "]").statusCode()).isEqualTo(200);
		assertThat(server.post("[" + ping + "]", "MCP-Protocol-Version", "2025-06-18").statusCode()).isEqualTo(400);
		assertThat(server.post("[" + ModernRequest.of("tools/list").body() + "]").statusCode()).isEqualTo(400);
	}

	private static void assertJson(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
		assertThat(RunningServer.json(response).has("result")).as(response.body()).isTrue();
	}

	private static JsonNode answer(JsonNode answers, String id) {
		for (JsonNode answer : answers) {
			if (id.equals(answer.path("id").toString())) {
				return answer;
			}
		}
		throw new AssertionError("No answer to " + id + " in " + answers);
	}

	private static String[] with(String[] headers, String name, String value) {
		String[] all = new String[headers.length + 2];
		System.arraycopy(headers, 0, all, 0, headers.length);
		all[headers.length] = name;
		all[headers.length + 1] = value;
		return all;
	}

	static class StreamTools {

		static volatile CountDownLatch gate = new CountDownLatch(0);

		static volatile CountDownLatch late = new CountDownLatch(0);

		static volatile CountDownLatch sent = new CountDownLatch(0);

		@McpTool(name = "quiet", description = "Says nothing ahead")
		String quiet() {
			return "quiet";
		}

		@McpTool(name = "logging", description = "Logs")
		String logging(McpSyncRequestContext context) {
			context.debug("d");
			context.info("i");
			context.warn("w");
			context.error("e");
			return "logged";
		}

		@McpTool(name = "progress", description = "Makes progress")
		String progress(McpSyncRequestContext context) {
			context.progress(10);
			context.progress(20);
			context.progress(30);
			return "progressed";
		}

		@McpTool(name = "made-up-progress", description = "Makes progress nobody asked for")
		String madeUp(McpSyncRequestContext context) {
			context.progress(ProgressNotification.builder("made-up", 1.0).build());
			return "progressed";
		}

		@McpTool(name = "gated", description = "Waits")
		String gated(McpSyncRequestContext context) throws InterruptedException {
			context.progress(1);
			gate.await(30, TimeUnit.SECONDS);
			return "gated";
		}

		@McpTool(name = "progress-ask", description = "Makes progress, then asks")
		String progressAsk(McpSyncRequestContext context) {
			context.progress(1);
			return context.elicit(ElicitFormRequest.builder("Well?", Map.of("type", "object")).build())
				.action()
				.toString();
		}

		@McpTool(name = "late", description = "Goes on after the end")
		String late(McpSyncRequestContext context) {
			new Thread(() -> {
				Eventually.until("the call has ended", late);
				context.progress(99);
				sent.countDown();
			}).start();
			return "early";
		}

	}

}
