// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.SamplingMessage;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
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
 * A server whose tools, prompts and resources ask their clients.
 */
final class AskingServer {

	/**
	 * What clients can do that can do everything.
	 */
	static final Map<String, Object> EVERYTHING = Map.of("elicitation", Map.of("form", Map.of(), "url", Map.of()),
			"sampling", Map.of(), "roots", Map.of());

	static final String EVERYTHING_JSON = """
			{"elicitation":{"form":{},"url":{}},"sampling":{},"roots":{}}""";

	private AskingServer() {
	}

	static RunningServer start() {
		return RunningServer.start(
				List.of("mcp.remote.sessions.enabled=true", "mcp.remote.sessions.answer-timeout=10s"),
				AskingTools.class, AskingTargets.class);
	}

	/**
	 * Call a tool as a client that can do everything.
	 */
	static ModernRequest modern(String tool) {
		return ModernRequest.callTool(tool, Map.of()).capabilities(EVERYTHING);
	}

	static Map<String, Object> accept(Map<String, ?> content) {
		return Map.of("action", "accept", "content", content);
	}

	static Map<String, Object> sample(String text) {
		return Map.of("role", "assistant", "model", "some-model", "content", Map.of("type", "text", "text", text));
	}

	/**
	 * Return the keys of the questions that an answer asks.
	 */
	static List<String> keys(JsonNode message) {
		assertThat(message.at("/result/resultType").asString()).as(message.toString()).isEqualTo("input_required");
		return List.copyOf(message.at("/result/inputRequests").propertyNames());
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
