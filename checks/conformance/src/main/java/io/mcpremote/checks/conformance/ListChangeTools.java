// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

import io.modelcontextprotocol.server.McpSyncServer;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Tools that announce changed lists to all clients.
 */
@Component
class ListChangeTools {

	/** Lazily, since the server is built from the tools. */
	private final ObjectProvider<McpSyncServer> server;

	ListChangeTools(ObjectProvider<McpSyncServer> server) {
		this.server = server;
	}

	@McpTool(name = "test_trigger_tool_change", description = "Announces that the list of tools has changed")
	String tools() {
		this.server.getObject().notifyToolsListChanged();
		return "Announced changed tools";
	}

	@McpTool(name = "test_trigger_prompt_change", description = "Announces that the list of prompts has changed")
	String prompts() {
		this.server.getObject().notifyPromptsListChanged();
		return "Announced changed prompts";
	}

}
