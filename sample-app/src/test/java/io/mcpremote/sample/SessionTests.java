// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what clients with a session are told and asked while a tool runs.
 */
class SessionTests extends AbstractSampleTests {

	@Autowired
	private Projects projects;

	@Test
	void deleteProjectWhenConfirmedThenIsGone() {
		Project project = this.projects.create("acme", "Short-lived", null);
		List<String> questions = new ArrayList<>();
		try (McpSyncClient client = client((question) -> {
			questions.add(question.message());
			return ElicitResult.builder(ElicitResult.Action.ACCEPT).content(Map.of("confirm", true)).build();
		}, new LinkedBlockingQueue<>())) {
			CallToolResult result = delete(client, project.id());
			assertThat(result.isError()).isNotEqualTo(true);
			assertThat(text(result)).isEqualTo("Project " + project.id() + " is deleted.");
		}
		assertThat(questions).containsExactly("Delete project " + project.id() + "?");
		assertThat(this.projects.find("acme", project.id())).isEmpty();
	}

	@Test
	void deleteProjectWhenDeclinedThenIsThere() {
		try (McpSyncClient client = client((question) -> ElicitResult.builder(ElicitResult.Action.DECLINE).build(),
				new LinkedBlockingQueue<>())) {
			CallToolResult result = delete(client, "2");
			assertThat(result.isError()).isTrue();
			assertThat(text(result)).startsWith("Not run:");
		}
		assertThat(this.projects.find("acme", "2")).isPresent();
	}

	@Test
	void deleteProjectWhenOfAnotherTenantThenIsThere() {
		try (McpSyncClient client = client(
				(question) -> ElicitResult.builder(ElicitResult.Action.ACCEPT).content(Map.of("confirm", true)).build(),
				new LinkedBlockingQueue<>())) {
			assertThat(delete(client, "4").isError()).isTrue();
		}
		assertThat(this.projects.find("globex", "4")).isPresent();
	}

	@Test
	void generateReportWhenClientWantsProgressThenTellsIt() throws InterruptedException {
		// The client tells of each on a thread of its own, in whatever order, and may
		// return the result before
		BlockingQueue<ProgressNotification> told = new LinkedBlockingQueue<>();
		List<ProgressNotification> progress = new ArrayList<>();
		try (McpSyncClient client = client((question) -> ElicitResult.builder(ElicitResult.Action.CANCEL).build(),
				told)) {
			CallToolResult result = client.callTool(CallToolRequest.builder("generate_report")
				.arguments(Map.of("projectId", "1"))
				.progressToken("report")
				.build());
			assertThat(text(result)).startsWith("# Apollo");
			for (int i = 0; i < 3; i++) {
				progress.add(told.poll(30, TimeUnit.SECONDS));
			}
		}
		assertThat(progress).doesNotContainNull()
			.extracting(ProgressNotification::progress)
			.containsExactlyInAnyOrder(1.0, 2.0, 3.0);
		assertThat(told).isEmpty();
	}

	private static CallToolResult delete(McpSyncClient client, String id) {
		return client.callTool(CallToolRequest.builder("delete_project").arguments(Map.of("id", id)).build());
	}

	private static String text(CallToolResult result) {
		return ((TextContent) result.content().get(0)).text();
	}

	private static McpSyncClient client(Function<ElicitFormRequest, ElicitResult> user,
			Queue<ProgressNotification> progress) {
		String token = TOKENS.user("editor");
		McpSyncClient client = McpClient
			.sync(HttpClientStreamableHttpTransport.builder(ORIGIN)
				.endpoint("/mcp")
				.requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + token))
				.build())
			.requestTimeout(Duration.ofSeconds(60))
			.capabilities(ClientCapabilities.builder().elicitation().build())
			.elicitation(user)
			.progressConsumer(progress::add)
			.build();
		client.initialize();
		return client;
	}

}
