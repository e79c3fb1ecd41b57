// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.ratelimit;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpTool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each tool has its own limit for each user, in whatever order they are used.
 */
class ToolLimitServerTests {

	@Test
	void callWhenToolsTakeTurnsThenEachIsCountedForItself() {
		try (RunningServer server = RunningServer.start(List.of("mcp.remote.rate-limit.enabled=true",
				"mcp.remote.rate-limit.address=1000/1h", "mcp.remote.tools.one.rate-limit=3/1h",
				"mcp.remote.tools.two.rate-limit=5/1h", "mcp.remote.prompts.one.rate-limit=2/1h"), Tools.class)) {
			List<Integer> statuses = IntStream.range(0, 6)
				.boxed()
				.flatMap((i) -> IntStream
					.of(call(server, "one"), call(server, "two"), call(server, "three"), prompt(server, "one"))
					.boxed())
				.toList();
			assertThat(every(statuses, 0)).containsExactly(200, 200, 200, 429, 429, 429);
			assertThat(every(statuses, 1)).containsExactly(200, 200, 200, 200, 200, 429);
			assertThat(every(statuses, 2)).containsOnly(200);
			assertThat(every(statuses, 3)).containsExactly(200, 200, 429, 429, 429, 429);
		}
	}

	@Test
	void callWhenAllToolsHaveTheSameLimitThenEachIsCountedForItself() {
		try (RunningServer server = RunningServer.start(List.of("mcp.remote.rate-limit.enabled=true",
				"mcp.remote.rate-limit.address=1000/1h", "mcp.remote.tool-defaults.rate-limit=2/1h"), Tools.class)) {
			List<Integer> statuses = IntStream.range(0, 3)
				.boxed()
				.flatMap((i) -> IntStream.of(call(server, "one"), call(server, "two"), call(server, "three")).boxed())
				.toList();
			assertThat(statuses).containsExactly(200, 200, 200, 200, 200, 200, 429, 429, 429);
		}
	}

	private static List<Integer> every(List<Integer> statuses, int first) {
		return IntStream.range(0, statuses.size() / 4).mapToObj((i) -> statuses.get(4 * i + first)).toList();
	}

	private static int call(RunningServer server, String tool) {
		return server.modern(ModernRequest.callTool(tool, Map.of())).statusCode();
	}

	private static int prompt(RunningServer server, String name) {
		return server.modern(ModernRequest.of("prompts/get").param("name", name).header("Mcp-Name", name)).statusCode();
	}

	static class Tools {

		@McpTool(name = "one", description = "The first")
		String one() {
			return "1";
		}

		@McpTool(name = "two", description = "The second")
		String two() {
			return "2";
		}

		@McpTool(name = "three", description = "The third, without a limit")
		String three() {
			return "3";
		}

		@McpPrompt(name = "one", description = "Named like a tool")
		String prompt() {
			return "1";
		}

	}

}
