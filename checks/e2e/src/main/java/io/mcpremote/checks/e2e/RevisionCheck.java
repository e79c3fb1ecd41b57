// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.e2e;

import java.util.Map;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client needs that knows a single, older revision.
 */
final class RevisionCheck {

	private final Connection connection;

	private final String revision;

	RevisionCheck(String url, String revision) {
		this.connection = new Connection(url, revision);
		this.revision = revision;
	}

	void run() throws InterruptedException {
		this.connection.open();
		try {
			assertThat(this.connection.client().getCurrentInitializationResult().protocolVersion())
				.isEqualTo(this.revision);
			assertThat(this.connection.client().listTools().tools()).extracting(Tool::name)
				.contains("test_simple_text");
			assertThat(this.connection.call("test_simple_text", Map.of()))
				.isEqualTo("This is a simple text response for testing.");
			this.connection.client()
				.callTool(CallToolRequest.builder("test_tool_with_progress")
					.arguments(Map.of())
					.progressToken(this.revision)
					.build());
			assertThat(this.connection.progress().take(3)).hasSize(3);
		}
		finally {
			this.connection.close();
		}
	}

}
