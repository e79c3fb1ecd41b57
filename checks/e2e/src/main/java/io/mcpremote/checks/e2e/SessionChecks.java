// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.e2e;

import java.util.List;
import java.util.Map;

import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What takes a session. Resuming a call is not among it: this client does not come back
 * for the result when the stream of a call ends without it.
 */
final class SessionChecks {

	private final Connection connection;

	SessionChecks(Connection connection) {
		this.connection = connection;
	}

	void run(CheckRunner runner) {
		runner.check("asks the user", this::asksUser);
		runner.check("asks the user twice in a call", this::asksUserTwice);
		runner.check("asks the model", this::asksModel);
		runner.check("asks for the roots", this::asksForRoots);
		runner.check("receives what a tool logs", this::receivesLog);
		runner.check("receives nothing below the level it set", this::receivesNothingBelowLevel);
		runner.check("is told of changed lists", this::isToldOfChangedLists);
		runner.check("pings", this.connection.client()::ping);
	}

	private void asksUser() {
		assertThat(this.connection.call("test_elicitation", Map.of("message", "Who are you?")))
			.isEqualTo("User response: action=accept, content={username=ada, email=ada@example.com}");
		assertThat(this.connection.host().takeQuestions()).containsExactly("Who are you?");
	}

	private void asksUserTwice() {
		assertThat(this.connection.call("test_input_required_result_multi_round", Map.of()))
			.isEqualTo("Ada likes green");
		assertThat(this.connection.host().takeQuestions()).containsExactly("What is your name?",
				"What is your favorite color?");
	}

	private void asksModel() {
		assertThat(this.connection.call("test_sampling", Map.of("prompt", "Say hello")))
			.isEqualTo("LLM response: Model on \"Say hello\"");
		assertThat(this.connection.host().takeQuestions()).containsExactly("Say hello");
	}

	private void asksForRoots() {
		assertThat(this.connection.call("test_input_required_result_list_roots", Map.of()))
			.contains("file:///workspace");
	}

	private void receivesLog() throws InterruptedException {
		this.connection.client().setLoggingLevel(LoggingLevel.INFO);
		this.connection.log().take();
		assertThat(this.connection.call("test_tool_with_logging", Map.of())).isEqualTo("Tool with logging executed");
		List<LoggingMessageNotification> lines = this.connection.log().take(3);
		assertThat(lines).extracting(LoggingMessageNotification::level).containsOnly(LoggingLevel.INFO);
		assertThat(lines).extracting(LoggingMessageNotification::data)
			.containsExactlyInAnyOrder("Tool execution started", "Tool processing data", "Tool execution completed");
	}

	private void receivesNothingBelowLevel() {
		this.connection.client().setLoggingLevel(LoggingLevel.ERROR);
		this.connection.log().take();
		assertThat(this.connection.call("test_tool_with_logging", Map.of())).isEqualTo("Tool with logging executed");
		this.connection.client().ping();
		assertThat(this.connection.log().take()).isEmpty();
	}

	private void isToldOfChangedLists() throws InterruptedException {
		this.connection.call("test_trigger_tool_change", Map.of());
		assertThat(this.connection.changedTools().take(1)).singleElement()
			.satisfies((tools) -> assertThat(tools).extracting(Tool::name).contains("test_simple_text"));
		this.connection.call("test_trigger_prompt_change", Map.of());
		assertThat(this.connection.changedPrompts().take(1)).singleElement()
			.satisfies((prompts) -> assertThat(prompts).extracting(Prompt::name).contains("test_simple_prompt"));
	}

}
