// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.e2e;

import java.util.Map;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is different without a session.
 */
final class StatelessChecks {

	private final Connection connection;

	StatelessChecks(Connection connection) {
		this.connection = connection;
	}

	void run(CheckRunner runner) {
		runner.check("cannot be asked anything", this::cannotBeAsked);
	}

	private void cannotBeAsked() {
		CallToolResult result = this.connection.client()
			.callTool(CallToolRequest.builder("test_elicitation").arguments(Map.of("message", "Who are you?")).build());
		assertThat(result.isError()).isTrue();
		assertThat(Connection.text(result)).contains("elicitation");
		assertThat(this.connection.host().takeQuestions()).isEmpty();
	}

}
