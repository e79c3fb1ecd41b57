// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.stereotype.Component;

/**
 * Tools that send notifications about a call while it runs.
 */
@Component
class NotifyingTools {

	private static final long PAUSE_MILLIS = 50;

	@McpTool(name = "test_tool_with_logging", description = "Logs to the client while it runs")
	String logging(McpSyncRequestContext context) throws InterruptedException {
		context.info("Tool execution started");
		Thread.sleep(PAUSE_MILLIS);
		context.info("Tool processing data");
		Thread.sleep(PAUSE_MILLIS);
		context.info("Tool execution completed");
		return "Tool with logging executed";
	}

	@McpTool(name = "test_logging_tool", description = "Logs a single line to the client")
	String singleLine(McpSyncRequestContext context) {
		context.info("A single line");
		return "Logged a single line";
	}

	@McpTool(name = "test_tool_with_progress", description = "Reports its progress while it runs")
	String progress(McpSyncRequestContext context) throws InterruptedException {
		report(context, 0);
		Thread.sleep(PAUSE_MILLIS);
		report(context, 50);
		Thread.sleep(PAUSE_MILLIS);
		report(context, 100);
		return "Tool with progress executed";
	}

	private static void report(McpSyncRequestContext context, int percentage) {
		if (context.request().progressToken() != null) {
			context.progress((progress) -> progress.percentage(percentage));
		}
	}

}
