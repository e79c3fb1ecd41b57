// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;

import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import org.jspecify.annotations.Nullable;

/**
 * Tells how much there is in a result, as far as that is known without looking at it.
 */
final class ResultLength {

	private ResultLength() {
	}

	/**
	 * Return how many characters the contents of a result have.
	 * @return the number, or {@code null} if it is not known
	 */
	static @Nullable Long of(Object result) {
		if (result instanceof CallToolResult tool) {
			return (tool.content() != null && !tool.content().isEmpty()) ? sum(tool.content()) : null;
		}
		if (result instanceof ReadResourceResult resource) {
			return sum(resource.contents());
		}
		if (result instanceof GetPromptResult prompt) {
			return sum(prompt.messages());
		}
		return null;
	}

	private static long sum(List<?> parts) {
		long sum = 0;
		for (int i = 0; i < parts.size(); i++) {
			sum += length(parts.get(i));
		}
		return sum;
	}

	private static long length(@Nullable Object part) {
		if (part instanceof TextContent text) {
			return length(text.text());
		}
		if (part instanceof PromptMessage message) {
			return length(message.content());
		}
		if (part instanceof ImageContent image) {
			return length(image.data());
		}
		if (part instanceof AudioContent audio) {
			return length(audio.data());
		}
		if (part instanceof EmbeddedResource embedded) {
			return length(embedded.resource());
		}
		if (part instanceof TextResourceContents text) {
			return length(text.text());
		}
		return (part instanceof BlobResourceContents blob) ? length(blob.blob()) : 0;
	}

	private static long length(@Nullable String text) {
		return (text != null) ? text.length() : 0;
	}

}
