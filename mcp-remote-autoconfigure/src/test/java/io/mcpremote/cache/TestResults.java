// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Result;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;

/**
 * Results that consist of one text.
 */
final class TestResults {

	private TestResults() {
	}

	static Result of(String text) {
		return new Result(CallToolResult.builder().addTextContent(text).build());
	}

	static Result error(String text) {
		return new Result(CallToolResult.builder().addTextContent(text).isError(true).build());
	}

	static String text(CallToolResult result) {
		return ((TextContent) result.content().get(0)).text();
	}

	static String text(CallOutcome outcome) {
		return text((CallToolResult) ((Result) outcome).value());
	}

}
