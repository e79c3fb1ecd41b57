// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of each era, which goes on until it has its result.
 */
enum AskedClient {

	MODERN {

		@Override
		JsonNode run(RunningServer server, String method, Map<String, ?> params, Answers answers) {
			String name = String.valueOf((params.containsKey("name")) ? params.get("name") : params.get("uri"));
			ModernRequest request = ModernRequest.of(method)
				.capabilities(AskingServer.EVERYTHING)
				.header("Mcp-Name", name);
			params.forEach(request::param);
			for (int id = 1; id < 10; id++) {
				HttpResponse<String> response = server.modern(request.id(id));
				JsonNode message = RunningServer.json(response);
				if (!"input_required".equals(message.at("/result/resultType").asString(""))) {
					return message;
				}
				answers.countRound();
				Map<String, Object> responses = new LinkedHashMap<>();
				message.at("/result/inputRequests")
					.properties()
					.forEach((entry) -> responses.put(entry.getKey(), answers.to(entry.getValue())));
				request.param("inputResponses", responses);
				request.param("requestState", message.at("/result/requestState").asString());
			}
			throw new AssertionError("The server goes on asking: " + answers.asked());
		}

	},

	LEGACY {

		@Override
		JsonNode run(RunningServer server, String method, Map<String, ?> params, Answers answers) {
			LegacyClient client = LegacyClient.begin(server, AskingServer.EVERYTHING_JSON);
			try (LiveExchange call = client.open(1, method, params)) {
				JsonNode message = call.message();
				while (message.has("method")) {
					assertThat(call.isEventStream()).isTrue();
					answers.countRound();
					HttpResponse<String> response = client.answer(message.get("id").asString(), answers.to(message));
					assertThat(response.statusCode()).isEqualTo(202);
					message = call.message();
				}
				assertThat(call.rest()).isEmpty();
				return message;
			}
		}

	};

	abstract JsonNode run(RunningServer server, String method, Map<String, ?> params, Answers answers);

	JsonNode tool(RunningServer server, String name, Map<String, ?> arguments, Answers answers) {
		return run(server, "tools/call", Map.of("name", name, "arguments", arguments), answers);
	}

	/**
	 * What a client answers, and what it was asked.
	 */
	static final class Answers {

		private final Map<String, Map<String, Object>> byMethod = new LinkedHashMap<>();

		private final List<JsonNode> asked = new ArrayList<>();

		private int rounds;

		Answers put(String method, Map<String, Object> answer) {
			this.byMethod.put(method, answer);
			return this;
		}

		/**
		 * Return what was asked.
		 */
		List<JsonNode> asked() {
			return this.asked;
		}

		/**
		 * Return how often the client had to answer.
		 */
		int rounds() {
			return this.rounds;
		}

		private void countRound() {
			this.rounds++;
		}

		private Map<String, Object> to(JsonNode question) {
			this.asked.add(question);
			return this.byMethod.get(question.get("method").asString());
		}

	}

}
