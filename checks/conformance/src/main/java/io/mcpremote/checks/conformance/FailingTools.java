// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.conformance;

import io.mcpremote.call.ToolException;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.stereotype.Component;

/**
 * Tools that cannot do what they are asked for.
 */
@Component
class FailingTools {

	@McpTool(name = "test_error_handling", description = "Fails with a message for the client")
	String failure() {
		throw new ToolException("This tool intentionally returns an error for testing");
	}

	@McpTool(name = "test_missing_capability", description = "Needs the client's model and fails if there is none")
	String missingCapability(McpSyncRequestContext context) {
		return Questions.text(context.sample(Questions.prompt("Say hello", 10)));
	}

}
