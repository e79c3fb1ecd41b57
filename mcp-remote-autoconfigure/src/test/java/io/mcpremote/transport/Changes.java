// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Map;

import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ResourcesUpdatedNotification;
import io.modelcontextprotocol.spec.McpSchema.Tool;

/**
 * Changes what a server offers, or says that it did.
 */
final class Changes {

	private Changes() {
	}

	/**
	 * Change the list of tools, twice.
	 */
	static void tools(RunningServer server) {
		McpSyncServer sdk = server.context().getBean(McpSyncServer.class);
		sdk.addTool(new SyncToolSpecification(Tool.builder("fleeting", Map.of("type", "object")).build(),
				(exchange, request) -> CallToolResult.builder().addTextContent("").build()));
		sdk.removeTool("fleeting");
	}

	/**
	 * Say that a resource has been updated.
	 */
	static void resource(RunningServer server, String uri) {
		server.context().getBean(McpSyncServer.class).notifyResourcesUpdated(new ResourcesUpdatedNotification(uri));
	}

}
