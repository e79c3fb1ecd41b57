// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import org.jspecify.annotations.Nullable;

/**
 * What the types of the protocol are made of.
 */
final class ResultParts {

	private ResultParts() {
	}

	/**
	 * Return the members of a value that may be large.
	 * @return the members, or {@code null} if it is of no such type
	 */
	static @Nullable Object @Nullable [] of(Object value) {
		if (value instanceof TextContent part) {
			return new @Nullable Object[] { part.text(), part.meta() };
		}
		if (value instanceof CallToolResult result) {
			return new @Nullable Object[] { result.content(), result.structuredContent(), result.meta() };
		}
		if (value instanceof EmbeddedResource part) {
			return new @Nullable Object[] { part.resource(), part.meta() };
		}
		if (value instanceof TextResourceContents part) {
			return new @Nullable Object[] { part.uri(), part.mimeType(), part.text(), part.meta() };
		}
		if (value instanceof BlobResourceContents part) {
			return new @Nullable Object[] { part.uri(), part.mimeType(), part.blob(), part.meta() };
		}
		if (value instanceof ImageContent part) {
			return new @Nullable Object[] { part.data(), part.mimeType(), part.meta() };
		}
		if (value instanceof AudioContent part) {
			return new @Nullable Object[] { part.data(), part.mimeType(), part.meta() };
		}
		if (value instanceof ResourceLink link) {
			return new @Nullable Object[] { link.name(), link.title(), link.uri(), link.description(), link.mimeType(),
					link.meta() };
		}
		if (value instanceof PromptMessage message) {
			return new @Nullable Object[] { message.content() };
		}
		if (value instanceof GetPromptResult prompt) {
			return new @Nullable Object[] { prompt.description(), prompt.messages(), prompt.meta() };
		}
		return (value instanceof ReadResourceResult resource)
				? new @Nullable Object[] { resource.contents(), resource.meta() } : null;
	}

}
