// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

import java.util.List;

import io.mcpremote.call.ToolException;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.SamplingMessage;
import io.modelcontextprotocol.spec.McpSchema.TextContent;

/**
 * Phrases the questions to clients and reads their answers.
 */
final class Questions {

	private Questions() {
	}

	static ElicitRequest form(String message, String schema) {
		return ElicitFormRequest.builder(message, Json.object(schema)).build();
	}

	static CreateMessageRequest prompt(String text, int maxTokens) {
		SamplingMessage message = SamplingMessage.builder(Role.USER, TextContent.builder(text).build()).build();
		return CreateMessageRequest.builder(List.of(message), maxTokens).build();
	}

	static Object field(ElicitResult answer, String name) {
		Object value = (answer.action() == ElicitResult.Action.ACCEPT) ? answer.content().get(name) : null;
		if (value == null) {
			throw new ToolException("The user did not enter " + name);
		}
		return value;
	}

	static String text(CreateMessageResult answer) {
		Content content = answer.content();
		return (content instanceof TextContent text) ? text.text() : content.type();
	}

}
