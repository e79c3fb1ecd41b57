// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

import io.mcpremote.transport.ResponseStream;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.stereotype.Component;

/**
 * The tool whose clients have to come back for its result.
 */
@Component
class ReconnectionTools {

	@McpTool(name = "test_reconnection", description = "Lets the client go before it has finished")
	String reconnect(McpSyncRequestContext context) throws InterruptedException {
		ResponseStream.of(context).disconnect();
		Thread.sleep(100);
		return "Reconnection test completed";
	}

}
