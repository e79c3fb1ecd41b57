// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.http.HttpResponse;
import java.util.Map;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint answers clients of both eras.
 */
class EndpointSmokeTests {

	@Test
	void callWhenModernOrLegacyThenSameTool() {
		try (RunningServer server = RunningServer.start(EchoTool.class)) {
			HttpResponse<String> modern = server.modern(ModernRequest.callTool("echo", Map.of("text", "hi")));
			assertThat(modern.statusCode()).isEqualTo(200);
			assertThat(RunningServer.json(modern).at("/result/content/0/text").asString()).isEqualTo("hi");
			assertThat(RunningServer.json(modern).at("/result/resultType").asString()).isEqualTo("complete");
			HttpResponse<String> legacy = server
				.post("""
						{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"text":"ho"}}}""");
			assertThat(RunningServer.json(legacy).at("/result/content/0/text").asString()).isEqualTo("ho");
			assertThat(RunningServer.json(legacy).at("/result").has("resultType")).isFalse();
		}
	}

	static class EchoTool {

		@McpTool(name = "echo", description = "Says the same again")
		String echo(@McpToolParam(description = "What to say") String text) {
			return text;
		}

	}

}
