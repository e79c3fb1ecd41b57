// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.operate;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus gets, and that clients cannot add to it.
 */
class TimeSeriesTests {

	private static final int CALLS = 2_000;

	private static Server server;

	@BeforeAll
	static void start() {
		server = Server.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void callThenHistogramOfItsTool() {
		server.tool("echo", Map.of("text", "hi"), Map.of());
		assertThat(server.series((line) -> line.startsWith("mcp_server_operation_duration_seconds_bucket")
				&& line.contains("gen_ai_tool_name=\"echo\"") && line.contains("error_type=\"none\"")))
			.hasSize(15)
			.anyMatch((line) -> line.contains("le=\"0.01\""))
			.anyMatch((line) -> line.contains("le=\"300.0\""))
			.allMatch((line) -> line.contains("mcp_method_name=\"tools/call\"")
					&& line.contains("mcp_protocol_version=\"2026-07-28\""));
	}

	@Test
	void requestThenUnderThePathOfEndpoint() {
		server.tool("echo", Map.of("text", "hi"), Map.of());
		assertThat(server.series((line) -> line.startsWith("http_server_requests_seconds_count")))
			.anyMatch((line) -> line.contains("uri=\"/mcp\""))
			.noneMatch((line) -> line.contains("uri=\"UNKNOWN\""));
	}

	@Test
	void serverThenCountsWhatIsOpen() {
		assertThat(server.series((line) -> line.startsWith("mcp_server_")))
			.anyMatch((line) -> line.startsWith("mcp_server_calls_active"))
			.anyMatch((line) -> line.startsWith("mcp_server_streams_open"))
			.anyMatch((line) -> line.startsWith("mcp_server_sessions_open"))
			.anyMatch((line) -> line.startsWith("mcp_server_abandoned_active"));
	}

	@Test
	void resultWhenRememberedThenHit() {
		server.tool("remembered", Map.of(), Map.of());
		server.tool("remembered", Map.of(), Map.of());
		assertThat(server.series((line) -> line.startsWith("mcp_server_cache_gets_total")))
			.anyMatch((line) -> line.contains("result=\"hit\"") && line.contains("gen_ai_tool_name=\"remembered\""))
			.anyMatch((line) -> line.contains("result=\"miss\""));
	}

	@Test
	void callsWhenEverythingIsMadeUpThenNoFurtherTimeSeries() {
		for (int i = 0; i < 20; i++) {
			madeUp(i);
		}
		Set<String> before = series();
		for (int i = 0; i < CALLS; i++) {
			madeUp(i);
		}
		assertThat(series()).isEqualTo(before);
		assertThat(server.scrape()).doesNotContain("made_up");
	}

	private static Set<String> series() {
		return server.series((line) -> line.startsWith("mcp_"))
			.stream()
			.map((line) -> line.substring(0, line.lastIndexOf(' ')))
			.collect(Collectors.toSet());
	}

	private static void madeUp(int i) {
		Map<String, ?> meta = Map.of("io.modelcontextprotocol/clientInfo",
				Map.of("name", "made_up_" + i, "version", "made_up_" + i));
		String name = "made_up_" + i;
		HttpResponse<String> response = switch (i % 5) {
			case 0 -> server.tool(name, Map.of("made_up_" + i, i), meta);
			case 1 -> server.request("prompts/get", Map.of("name", name), name, meta);
			case 2 -> server.request("resources/read", Map.of("uri", "docs://" + name), "docs://" + name, meta);
			case 3 -> server.request("resources/read", Map.of("uri", "x://" + name), "x://" + name, meta);
			default -> server.request("made_up/" + i, Map.of(), null, meta);
		};
		assertThat(response.statusCode()).isLessThan(500);
	}

}
