// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

import io.mcpremote.transport.InputAnswers;
import io.mcpremote.transport.InputRounds;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.stereotype.Component;

/**
 * Prompts that ask the client in rounds.
 */
@Component
class InputRoundsPrompts {

	private static final ElicitRequest CONTEXT = Questions.form("What context should the prompt use?", """
			{ "type": "object", "properties": { "context": { "type": "string" } }, "required": ["context"] }
			""");

	@McpPrompt(name = "test_input_required_result_prompt", description = "A prompt about what the user has to tell")
	PromptMessage input(McpSyncRequestContext context) {
		InputAnswers answers = InputRounds.of(context).ask((questions) -> questions.elicit("user_context", CONTEXT));
		Object entered = Questions.field(answers.elicitation("user_context"), "context");
		return PromptMessage.builder(Role.USER, TextContent.builder("Use this context: " + entered).build()).build();
	}

}
