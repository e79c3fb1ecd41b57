// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.benchmarks;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.stereotype.Component;

/**
 * The cheapest tool there is, so that what is measured is the way to it and back.
 */
@Component
class EchoTool {

	@McpTool(name = "echo", description = "Say the message back")
	String echo(@McpToolParam(description = "What to say") String message) {
		return "echo: " + message;
	}

	@McpTool(name = "limited", description = "Say the message back, not too often")
	String limited(@McpToolParam(description = "What to say") String message) {
		return echo(message);
	}

	@McpTool(name = "remembered", description = "Say the message back, from memory if possible",
			annotations = @McpTool.McpAnnotations(readOnlyHint = true))
	String remembered(@McpToolParam(description = "What to say") String message) {
		return echo(message);
	}

}
