// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

import java.util.List;

import io.modelcontextprotocol.spec.McpSchema.CompleteRequest.CompleteArgument;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;

import org.springframework.ai.mcp.annotation.McpArg;
import org.springframework.ai.mcp.annotation.McpComplete;
import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.stereotype.Component;

/**
 * Prompts with each kind of content, and completion for one of them.
 */
@Component
class Prompts {

	private static final List<String> SUGGESTIONS = List.of("testing", "test value", "another value");

	@McpPrompt(name = "test_simple_prompt", description = "A prompt without arguments")
	PromptMessage simple() {
		return user("This is a simple prompt for testing.");
	}

	@McpPrompt(name = "test_prompt_with_arguments", description = "A prompt with two arguments")
	PromptMessage arguments(@McpArg(name = "arg1", description = "First test argument", required = true) String first,
			@McpArg(name = "arg2", description = "Second test argument", required = true) String second) {
		return user("Prompt with arguments: arg1='%s', arg2='%s'".formatted(first, second));
	}

	@McpComplete(prompt = "test_prompt_with_arguments")
	List<String> complete(CompleteArgument argument) {
		return SUGGESTIONS.stream().filter((suggestion) -> suggestion.startsWith(argument.value())).toList();
	}

	@McpPrompt(name = "test_prompt_with_embedded_resource", description = "A prompt that contains a resource")
	List<PromptMessage> resource(
			@McpArg(name = "resourceUri", description = "URI of the resource", required = true) String uri) {
		TextResourceContents contents = TextResourceContents.builder(uri, "Embedded resource content for testing.")
			.mimeType("text/plain")
			.build();
		return List.of(user(EmbeddedResource.builder(contents).build()),
				user("Please process the embedded resource above."));
	}

	@McpPrompt(name = "test_prompt_with_image", description = "A prompt that contains an image")
	List<PromptMessage> image() {
		return List.of(user(ImageContent.builder(Media.PNG, "image/png").build()),
				user("Please analyze the image above."));
	}

	private static PromptMessage user(String text) {
		return user(TextContent.builder(text).build());
	}

	private static PromptMessage user(Content content) {
		return PromptMessage.builder(Role.USER, content).build();
	}

}
