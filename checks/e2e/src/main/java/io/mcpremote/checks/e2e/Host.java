// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.e2e;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;

/**
 * Plays the user and the model behind a client.
 */
final class Host {

	private static final Map<String, Object> ENTRIES = Map.of("color", "green", "context", "a rainy day", "email",
			"ada@example.com", "name", "Ada", "ok", true, "username", "ada");

	private final Mailbox<String> questions = new Mailbox<>();

	List<String> takeQuestions() {
		return this.questions.take();
	}

	ElicitResult enter(ElicitFormRequest request) {
		this.questions.put(request.message());
		Map<String, Object> content = new LinkedHashMap<>();
		if (request.requestedSchema().get("properties") instanceof Map<?, ?> fields) {
			fields.keySet().forEach((field) -> content.put(String.valueOf(field), ENTRIES.get(field)));
		}
		return ElicitResult.builder(ElicitResult.Action.ACCEPT).content(content).build();
	}

	CreateMessageResult complete(CreateMessageRequest request) {
		String prompt = ((TextContent) request.messages().get(0).content()).text();
		this.questions.put(prompt);
		return CreateMessageResult.builder(Role.ASSISTANT, "Model on \"" + prompt + "\"", "model-of-the-host").build();
	}

}
