// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.operate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Prometheus gets, and that clients cannot add to it.
 */
class TimeSeriesTests {

	private static final List<String> OF_THE_PROCESS = List.of("#", "jvm_", "process_", "system_", "disk_",
			"application_", "executor_");

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

	/**
	 * With {@code -Dcalls=1000000} it is as many as anybody may want to try.
	 */
	@Test
	void callsWhenEverythingIsMadeUpThenNoFurtherTimeSeries() {
		int calls = Integer.getInteger("calls", 2_000);
		try (Server each = Server.start("mcp.remote.rate-limit.enabled=false",
				"mcp.remote.security.memory.faults-per-minute=5", "mcp.remote.sessions.enabled=true",
				"mcp.remote.sessions.max-per-owner=20")) {
			// All that a server has words for
			makeUp(each, 0, 40 * MadeUp.kinds());
			Set<String> before = series(each);
			makeUp(each, 40 * MadeUp.kinds(), calls);
			assertThat(series(each)).isEqualTo(before);
			assertThat(each.scrape()).doesNotContainIgnoringCase("made_up").doesNotContainIgnoringCase("made-up");
			assertThat(before).anyMatch((line) -> line.startsWith("mcp_server_sessions_open"))
				.anyMatch((line) -> line.contains("gen_ai_tool_name=\"_unknown_\""))
				.anyMatch((line) -> line.contains("mcp_resource_uri=\"docs://{page}\""));
		}
	}

	private static void makeUp(Server each, int first, int calls) {
		AtomicInteger next = new AtomicInteger(first);
		Set<Integer> statuses = ConcurrentHashMap.newKeySet();
		Runnable caller = () -> {
			for (int i = next.getAndIncrement(); i < first + calls; i = next.getAndIncrement()) {
				statuses.add(each.send(MadeUp.request(each.url(), i)).statusCode());
				if (i % 1_000 == 0) {
					each.bean(InMemorySpanExporter.class).reset();
				}
			}
		};
		CompletableFuture.allOf(IntStream.range(0, 4).mapToObj((i) -> CompletableFuture.runAsync(caller, (task) -> {
			Thread thread = new Thread(task, "caller");
			thread.setDaemon(true);
			thread.start();
		})).toArray(CompletableFuture<?>[]::new)).join();
		assertThat(statuses).contains(200, 401).doesNotContain(500);
	}

	/**
	 * Return all that is counted and measured, by names and tags, but for what a JVM says
	 * of itself whatever it is asked.
	 */
	private static Set<String> series(Server each) {
		return each.series((line) -> OF_THE_PROCESS.stream().noneMatch(line::startsWith))
			.stream()
			.map((line) -> line.substring(0, line.lastIndexOf(' ')))
			.filter((line) -> !line.contains("/actuator/"))
			.collect(Collectors.toSet());
	}

}
