// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import org.jspecify.annotations.Nullable;

/**
 * Leaves titles out of lists that nobody has given. Spring AI makes empty ones of them,
 * and clients that show a title in the place of the name then show nothing.
 */
final class EmptyTitles {

	private EmptyTitles() {
	}

	static Object leaveOut(Object entry) {
		if (entry instanceof Tool tool) {
			return tool(tool);
		}
		if (entry instanceof Prompt prompt && isEmpty(prompt.title())) {
			return new Prompt(prompt.name(), null, prompt.description(), prompt.arguments(), prompt.meta(),
					prompt.icons());
		}
		return entry;
	}

	private static Tool tool(Tool tool) {
		String title = (isEmpty(tool.title())) ? null : tool.title();
		return new Tool(tool.name(), title, tool.description(), tool.inputSchema(), tool.outputSchema(),
				annotations(tool.annotations()), tool.meta(), tool.icons());
	}

	private static @Nullable ToolAnnotations annotations(@Nullable ToolAnnotations given) {
		return (given == null || !isEmpty(given.title())) ? given : new ToolAnnotations(null, given.readOnlyHint(),
				given.destructiveHint(), given.idempotentHint(), given.openWorldHint(), given.returnDirect());
	}

	private static boolean isEmpty(@Nullable String title) {
		return title != null && title.isBlank();
	}

}
