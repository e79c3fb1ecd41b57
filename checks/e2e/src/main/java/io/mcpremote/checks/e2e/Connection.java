// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.Root;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client with everything it can be asked for and told.
 */
final class Connection {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final Host host = new Host();

	private final Mailbox<ProgressNotification> progress = new Mailbox<>();

	private final Mailbox<LoggingMessageNotification> log = new Mailbox<>();

	private final Mailbox<List<Tool>> changedTools = new Mailbox<>();

	private final Mailbox<List<Prompt>> changedPrompts = new Mailbox<>();

	private final McpSyncClient client;

	Connection(String url, String revision) {
		int path = url.indexOf('/', url.indexOf("://") + 3);
		HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder(url.substring(0, path))
			.endpoint(url.substring(path))
			.supportedProtocolVersions(List.of(revision))
			.build();
		this.client = McpClient.sync(transport)
			.requestTimeout(TIMEOUT)
			.initializationTimeout(TIMEOUT)
			.clientInfo(Implementation.builder("java", "1.0.0").build())
			.capabilities(ClientCapabilities.builder().elicitation().sampling().roots(true).build())
			.roots(Root.builder("file:///workspace").name("Workspace").build())
			.elicitation(this.host::enter)
			.sampling(this.host::complete)
			.progressConsumer(this.progress::put)
			.loggingConsumer(this.log::put)
			.toolsChangeConsumer(this.changedTools::put)
			.promptsChangeConsumer(this.changedPrompts::put)
			.build();
	}

	void open() {
		this.client.initialize();
	}

	void close() {
		this.client.closeGracefully();
	}

	McpSyncClient client() {
		return this.client;
	}

	Host host() {
		return this.host;
	}

	Mailbox<ProgressNotification> progress() {
		return this.progress;
	}

	Mailbox<LoggingMessageNotification> log() {
		return this.log;
	}

	Mailbox<List<Tool>> changedTools() {
		return this.changedTools;
	}

	Mailbox<List<Prompt>> changedPrompts() {
		return this.changedPrompts;
	}

	/**
	 * Call a tool that returns a line of text.
	 */
	String call(String tool, Map<String, Object> arguments) {
		CallToolResult result = this.client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
		assertThat(result.isError()).as("failure of %s: %s", tool, result.content()).isNotEqualTo(true);
		return text(result);
	}

	static String text(CallToolResult result) {
		assertThat(result.content()).singleElement().isInstanceOf(TextContent.class);
		return ((TextContent) result.content().get(0)).text();
	}

}
