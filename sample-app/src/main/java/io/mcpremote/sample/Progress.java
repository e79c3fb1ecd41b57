// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;

/**
 * Tells clients how far a tool has come, if they want to know.
 */
final class Progress {

	private Progress() {
	}

	static void report(McpSyncRequestContext context, int done, int total, String message) {
		if (context.request().progressToken() != null) {
			context.progress((progress) -> progress.progress(done).total(total).message(message));
		}
	}

}
