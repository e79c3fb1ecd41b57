// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import java.util.HashMap;
import java.util.Map;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import org.jspecify.annotations.Nullable;

/**
 * The mark in the metadata of results that have invisible characters.
 */
final class InvisibleMark {

	static final String NAME = "io.mcpremote/invisible-characters";

	private InvisibleMark() {
	}

	/**
	 * Return whether something is the result of a tool, prompt or resource.
	 */
	static boolean fits(Object value) {
		return value instanceof CallToolResult || value instanceof ReadResourceResult
				|| value instanceof GetPromptResult;
	}

	static Object on(Object value) {
		if (value instanceof CallToolResult tool) {
			return new CallToolResult(tool.content(), tool.isError(), tool.structuredContent(), with(tool.meta()));
		}
		if (value instanceof GetPromptResult prompt) {
			return new GetPromptResult(prompt.description(), prompt.messages(), with(prompt.meta()));
		}
		return (value instanceof ReadResourceResult resource)
				? new ReadResourceResult(resource.contents(), with(resource.meta())) : value;
	}

	private static Map<String, Object> with(@Nullable Map<String, Object> meta) {
		Map<String, Object> marked = (meta != null) ? new HashMap<>(meta) : new HashMap<>();
		marked.put(NAME, true);
		return marked;
	}

}
