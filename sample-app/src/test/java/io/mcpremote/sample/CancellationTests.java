// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for calls that their client does not want any more, of a tool that would go on
 * for ten minutes.
 */
@Timeout(180)
class CancellationTests {

	private static final String ORIGIN = "http://localhost:" + TestSocketUtils.findAvailableTcpPort();

	private static final String ENDPOINT = ORIGIN + "/mcp";

	private static final int REQUEST_ID = 7;

	private static final EndedCalls ENDED = new EndedCalls();

	private static ConfigurableApplicationContext application;

	@BeforeAll
	static void start() {
		application = new SpringApplicationBuilder(SampleApplication.class)
			.initializers((context) -> ((GenericApplicationContext) context).registerBean("endedCalls", AuditSink.class,
					() -> ENDED))
			.run("--server.port=" + ORIGIN.substring(ORIGIN.lastIndexOf(':') + 1),
					"--mcp.remote.tools.export_archive.timeout=10m");
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void exportArchiveWhenTakenBackByClientWithSessionThenIsInterrupted() throws Exception {
		String token = new Tokens(ORIGIN, ENDPOINT).agent("read:projects");
		String session = post(token,
				Map.of("jsonrpc", "2.0", "id", 1, "method", "initialize", "params",
						Map.of("protocolVersion", "2025-11-25", "capabilities", Map.of(), "clientInfo",
								Map.of("name", "test", "version", "1"))))
			.headers()
			.firstValue("Mcp-Session-Id")
			.orElseThrow();
		InputStream answer = export(token, Map.of(), "Mcp-Session-Id", session);
		try {
			HttpResponse<String> response = post(token, Map.of("jsonrpc", "2.0", "method", "notifications/cancelled",
					"params", Map.of("requestId", REQUEST_ID)), "Mcp-Session-Id", session);
			assertThat(response.statusCode()).isEqualTo(202);
			assertInterrupted();
		}
		finally {
			answer.close();
		}
	}

	@Test
	void exportArchiveWhenModernClientClosesConnectionThenIsInterrupted() throws Exception {
		String prefix = "io.modelcontextprotocol/";
		export(new Tokens(ORIGIN, ENDPOINT).agent("read:projects"),
				Map.of(prefix + "protocolVersion", "2026-07-28", prefix + "clientCapabilities", Map.of(),
						prefix + "clientInfo", Map.of("name", "test", "version", "1")),
				"MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "export_archive")
			.close();
		assertInterrupted();
	}

	private static void assertInterrupted() throws InterruptedException {
		AuditEvent.Ending ending = ENDED.next();
		assertThat(ending.outcome()).isEqualTo("cancelled");
		assertThat(ending.error()).isEqualTo(InterruptedException.class.getName());
	}

	private static HttpResponse<String> post(String token, Map<String, ?> message, String... headers) {
		return Http.postJson(ENDPOINT, message, headers(token, headers));
	}

	/**
	 * Call the tool and return when it has told of its progress.
	 */
	private static InputStream export(String token, Map<String, ?> meta, String... headers) throws Exception {
		Map<String, Object> all = new HashMap<>(meta);
		all.put("progressToken", "archive");
		String call = JsonMapper.shared()
			.writeValueAsString(Map.of("jsonrpc", "2.0", "id", REQUEST_ID, "method", "tools/call", "params",
					Map.of("name", "export_archive", "arguments", Map.of("seconds", 600), "_meta", all)));
		HttpRequest request = Http.request(ENDPOINT, headers(token, headers))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(call))
			.build();
		InputStream answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
		BufferedReader lines = new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8));
		assertThat(lines.lines().anyMatch((line) -> line.contains("notifications/progress"))).isTrue();
		return answer;
	}

	private static String[] headers(String token, String... others) {
		List<String> headers = new ArrayList<>(
				List.of("Accept", "application/json, text/event-stream", "Authorization", "Bearer " + token));
		headers.addAll(List.of(others));
		return headers.toArray(String[]::new);
	}

	/**
	 * What has become of calls of the tool, once it has come to its end.
	 */
	private static final class EndedCalls implements AuditSink {

		private final BlockingQueue<AuditEvent.Ending> endings = new LinkedBlockingQueue<>();

		@Override
		public String name() {
			return "test";
		}

		@Override
		public void append(List<AuditEvent> events) {
			for (AuditEvent event : events) {
				if (event.action() != null && "export_archive".equals(event.action().target())
						&& event.ending() != null) {
					this.endings.add(event.ending());
				}
			}
		}

		AuditEvent.Ending next() throws InterruptedException {
			AuditEvent.Ending ending = this.endings.poll(60, TimeUnit.SECONDS);
			assertThat(ending).as("a call that has ended").isNotNull();
			return ending;
		}

	}

}
