// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

import java.util.stream.Collectors;

import io.mcpremote.transport.InputAnswers;
import io.mcpremote.transport.InputRounds;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import io.modelcontextprotocol.spec.McpSchema.ListRootsResult;
import io.modelcontextprotocol.spec.McpSchema.Root;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.stereotype.Component;

/**
 * Tools that ask the client in rounds.
 */
@Component
class InputRoundsTools {

	private static final ElicitRequest NAME = Questions.form("What is your name?", """
			{ "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] }
			""");

	private static final ElicitRequest COLOR = Questions.form("What is your favorite color?", """
			{ "type": "object", "properties": { "color": { "type": "string" } }, "required": ["color"] }
			""");

	private static final ElicitRequest CONFIRMATION = Questions.form("Please confirm", """
			{ "type": "object", "properties": { "ok": { "type": "boolean" } }, "required": ["ok"] }
			""");

	@McpTool(name = "test_input_required_result_elicitation", description = "Asks the user for a name")
	String elicit(McpSyncRequestContext context) {
		InputAnswers answers = InputRounds.of(context).ask((questions) -> questions.elicit("user_name", NAME));
		return "Hello, " + Questions.field(answers.elicitation("user_name"), "name") + "!";
	}

	@McpTool(name = "test_input_required_result_sampling", description = "Asks the client's model for a capital")
	String sample(McpSyncRequestContext context) {
		InputAnswers answers = InputRounds.of(context)
			.ask((questions) -> questions.sample("capital_question",
					Questions.prompt("What is the capital of France?", 100)));
		return Questions.text(answers.sample("capital_question"));
	}

	@McpTool(name = "test_input_required_result_list_roots", description = "Asks for the client's roots")
	String roots(McpSyncRequestContext context) {
		InputAnswers answers = InputRounds.of(context).ask((questions) -> questions.roots("client_roots"));
		return "Roots: " + describe(answers.roots("client_roots"));
	}

	@McpTool(name = "test_input_required_result_multiple_inputs",
			description = "Asks the user, the model and for the roots at once")
	String several(McpSyncRequestContext context) {
		InputAnswers answers = InputRounds.of(context)
			.ask((questions) -> questions.elicit("user_name", NAME)
				.sample("greeting", Questions.prompt("Generate a greeting", 50))
				.roots("client_roots"));
		return "%s, %s: %s".formatted(Questions.text(answers.sample("greeting")),
				Questions.field(answers.elicitation("user_name"), "name"), describe(answers.roots("client_roots")));
	}

	@McpTool(name = "test_input_required_result_multi_round", description = "Asks the user twice, one after the other")
	String twice(McpSyncRequestContext context) {
		InputRounds rounds = InputRounds.of(context);
		InputAnswers first = rounds.ask((questions) -> questions.elicit("step1", NAME));
		InputAnswers second = rounds.ask((questions) -> questions.elicit("step2", COLOR));
		return Questions.field(first.elicitation("step1"), "name") + " likes "
				+ Questions.field(second.elicitation("step2"), "color");
	}

	@McpTool(name = "test_input_required_result_request_state",
			description = "Asks the user and remembers something meanwhile")
	String remembered(McpSyncRequestContext context) {
		InputRounds rounds = InputRounds.of(context);
		if (rounds.carried(String.class).isEmpty()) {
			rounds.carry("state-ok");
		}
		rounds.ask((questions) -> questions.elicit("confirm", CONFIRMATION));
		return "Confirmed: " + rounds.carried(String.class).orElse("state lost");
	}

	@McpTool(name = "test_input_required_result_tampered_state",
			description = "Asks the user and trusts only its own memory of the call")
	String protectedState(McpSyncRequestContext context) {
		InputRounds.of(context).ask((questions) -> questions.elicit("confirm", CONFIRMATION));
		return "Confirmed";
	}

	@McpTool(name = "test_input_required_result_capabilities", description = "Asks only what the client can answer")
	String whatIsPossible(McpSyncRequestContext context) {
		if (!context.elicitEnabled() && !context.sampleEnabled() && !context.rootsEnabled()) {
			return "The client cannot be asked anything";
		}
		InputRounds.of(context).ask((questions) -> {
			if (context.elicitEnabled()) {
				questions.elicit("user_name", NAME);
			}
			if (context.sampleEnabled()) {
				questions.sample("greeting", Questions.prompt("Generate a greeting", 50));
			}
			if (context.rootsEnabled()) {
				questions.roots("client_roots");
			}
		});
		return "Answered";
	}

	@McpTool(name = "test_streaming_elicitation", description = "Reports progress and then asks the user to confirm")
	String whileStreaming(McpSyncRequestContext context) {
		if (context.request().progressToken() != null) {
			context.progress((progress) -> progress.percentage(50));
		}
		InputRounds.of(context).ask((questions) -> questions.elicit("confirm", CONFIRMATION));
		return "Confirmed";
	}

	private static String describe(ListRootsResult answer) {
		return answer.roots().stream().map(Root::uri).collect(Collectors.joining(", "));
	}

}
