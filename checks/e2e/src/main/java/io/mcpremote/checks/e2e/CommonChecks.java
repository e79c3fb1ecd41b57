// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.e2e;

import java.util.List;
import java.util.Map;

import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest.CompleteArgument;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What holds with a session or without. The client hands over notifications on several
 * threads, so their order is not looked at.
 */
final class CommonChecks {

	private static final int INVALID_PARAMS = -32602;

	private final Connection connection;

	CommonChecks(Connection connection) {
		this.connection = connection;
	}

	void run(CheckRunner runner) {
		runner.check("negotiates 2025-11-25", this::negotiates);
		runner.check("lists tools", this::listsTools);
		runner.check("calls a tool", this::callsTool);
		runner.check("calls a tool with arguments", this::callsToolWithArguments);
		runner.check("is told that a tool failed", this::isToldOfFailure);
		runner.check("is refused an unknown tool", this::isRefusedUnknownTool);
		runner.check("follows the progress of a call", this::followsProgress);
		runner.check("lists and reads resources", this::readsResources);
		runner.check("lists and gets prompts", this::getsPrompt);
		runner.check("completes an argument", this::completesArgument);
	}

	private void negotiates() {
		assertThat(this.connection.client().getCurrentInitializationResult().protocolVersion()).isEqualTo("2025-11-25");
		assertThat(this.connection.client().getServerInfo().name()).isEqualTo("conformance");
		assertThat(this.connection.client().getServerInfo().version()).isEqualTo("1.0.0");
	}

	private void listsTools() {
		List<Tool> tools = this.connection.client().listTools().tools();
		assertThat(tools).extracting(Tool::name)
			.doesNotHaveDuplicates()
			.contains("test_simple_text", "test_tool_with_progress", "test_elicitation", "test_sampling");
		assertThat(tools).extracting(Tool::description).doesNotContainNull();
	}

	private void callsTool() {
		assertThat(this.connection.call("test_simple_text", Map.of()))
			.isEqualTo("This is a simple text response for testing.");
	}

	private void callsToolWithArguments() {
		assertThat(this.connection.call("test_x_mcp_header", Map.of("region", "Zürich")))
			.isEqualTo("Called with {region=Zürich}");
	}

	private void isToldOfFailure() {
		CallToolResult result = this.connection.client()
			.callTool(CallToolRequest.builder("test_error_handling").build());
		assertThat(result.isError()).isTrue();
		assertThat(Connection.text(result)).isEqualTo("This tool intentionally returns an error for testing");
	}

	private void isRefusedUnknownTool() {
		CallToolRequest request = CallToolRequest.builder("no_such_tool").arguments(Map.of()).build();
		assertThatExceptionOfType(McpError.class).isThrownBy(() -> this.connection.client().callTool(request))
			.withMessageContaining("no_such_tool")
			.satisfies((ex) -> assertThat(ex.getJsonRpcError().code()).isEqualTo(INVALID_PARAMS));
	}

	private void followsProgress() throws InterruptedException {
		CallToolRequest request = CallToolRequest.builder("test_tool_with_progress")
			.arguments(Map.of())
			.progressToken("java-1")
			.build();
		assertThat(Connection.text(this.connection.client().callTool(request)))
			.isEqualTo("Tool with progress executed");
		List<ProgressNotification> reports = this.connection.progress().take(3);
		assertThat(reports).extracting(ProgressNotification::progress).containsExactlyInAnyOrder(0.0, 50.0, 100.0);
		assertThat(reports).extracting(ProgressNotification::progressToken).containsOnly("java-1");
	}

	private void readsResources() {
		assertThat(this.connection.client().listResources().resources()).extracting(Resource::uri)
			.containsExactlyInAnyOrder("test://static-binary", "test://static-text", "test://watched-resource");
		assertThat(this.connection.client()
			.readResource(ReadResourceRequest.builder("test://template/123/data").build())
			.contents()).singleElement().isInstanceOfSatisfying(TextResourceContents.class, (contents) -> {
				assertThat(contents.mimeType()).isEqualTo("application/json");
				assertThat(contents.text())
					.isEqualTo("{\"id\":\"123\",\"templateTest\":true,\"data\":\"Data for ID: 123\"}");
			});
	}

	private void getsPrompt() {
		assertThat(this.connection.client().listPrompts().prompts()).extracting(Prompt::name)
			.contains("test_simple_prompt", "test_prompt_with_arguments");
		GetPromptResult prompt = this.connection.client()
			.getPrompt(GetPromptRequest.builder("test_prompt_with_arguments")
				.arguments(Map.of("arg1", "one", "arg2", "two"))
				.build());
		assertThat(prompt.messages()).singleElement()
			.satisfies((message) -> assertThat(message.content()).isInstanceOfSatisfying(TextContent.class,
					(content) -> assertThat(content.text())
						.isEqualTo("Prompt with arguments: arg1='one', arg2='two'")));
	}

	private void completesArgument() {
		CompleteRequest request = CompleteRequest
			.builder(PromptReference.builder("test_prompt_with_arguments").build(),
					new CompleteArgument("arg1", "test"))
			.build();
		assertThat(this.connection.client().completeCompletion(request).completion().values())
			.containsExactly("testing", "test value");
	}

}
