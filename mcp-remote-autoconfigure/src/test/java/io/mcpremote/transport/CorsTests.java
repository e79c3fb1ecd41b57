// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.mcpremote.test.RawConnection;
import io.mcpremote.test.RawRequest;
import io.mcpremote.test.RawResponse;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Web pages that may use the endpoint can, and others cannot even ask.
 */
class CorsTests {

	private static final String PAGE = "https://app.example.com";

	private static final String INITIALIZE = """
			{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},\
			"clientInfo":{"name":"test-client","version":"1"}}}""";

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = WireServer.start("mcp.remote.allowed-origins=" + PAGE, "mcp.remote.sessions.enabled=true");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void preflightWhenPageAllowedThenSaysWhatItMaySend() {
		RawResponse response = RawConnection.send(server, preflight(PAGE, "POST",
				"authorization,content-type,mcp-method,mcp-name,mcp-param-region,mcp-protocol-version"));
		assertThat(response.status()).isEqualTo(204);
		assertThat(response.body()).isEmpty();
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
		assertThat(list(response, "Access-Control-Allow-Methods")).contains("get", "post", "delete");
		assertThat(list(response, "Access-Control-Allow-Headers")).contains("authorization", "content-type", "accept",
				"mcp-protocol-version", "mcp-method", "mcp-name", "mcp-session-id", "last-event-id",
				"mcp-param-region");
		assertThat(list(response, "Vary")).contains("origin");
		assertThat(Integer.parseInt(response.header("Access-Control-Max-Age"))).isPositive();
	}

	@Test
	void preflightWhenUnknownHeadersThenNotAllowed() {
		RawResponse response = RawConnection.send(server,
				preflight(PAGE, "POST", "X-Secret, Mcp-Param-, Mcp-Param-A, mcp-param-b c, Mcp-Paramount"));
		assertThat(list(response, "Access-Control-Allow-Headers")).contains("mcp-param-a")
			.doesNotContain("x-secret", "mcp-param-b c", "mcp-paramount", "*");
	}

	@Test
	void preflightWhenNoHeadersRequestedThenAnswered() {
		RawResponse response = RawConnection.send(server,
				preflight(PAGE, "POST", null).header("Access-Control-Request-Private-Network", "true"));
		assertThat(response.status()).isEqualTo(204);
		assertThat(list(response, "Access-Control-Allow-Headers")).contains("mcp-method");
		assertThat(response.has("Access-Control-Allow-Private-Network")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "null", "http://app.example.com", "https://app.example.com.evil",
			"http://localhost:6274" })
	void preflightWhenPageNotAllowedThenRefused(String origin) {
		RawResponse response = RawConnection.send(server, preflight(origin, "POST", "content-type"));
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.headers().keySet()).noneMatch((name) -> name.startsWith("access-control-"));
	}

	@Test
	void requestWhenPageAllowedThenItMayReadTheHeaders() {
		RawResponse response = RawConnection.send(server, RawRequest.post(INITIALIZE).header("Origin", PAGE));
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
		assertThat(list(response, "Access-Control-Expose-Headers")).contains("www-authenticate", "mcp-session-id",
				"retry-after");
		assertThat(list(response, "Vary")).contains("origin");
		assertThat(response.header("Mcp-Session-Id")).isNotEmpty();
		assertThat(response.has("Access-Control-Allow-Credentials")).isFalse();
	}

	@Test
	void errorWhenPageAllowedThenItMayReadIt() {
		for (RawRequest request : List.of(RawRequest.post("{"), RawRequest.post("{}").set("Accept", "text/html"),
				RawRequest.of("PUT"), RawRequest.of("GET").header("Accept", "text/event-stream"))) {
			RawResponse response = RawConnection.send(server, request.header("Origin", PAGE));
			assertThat(response.status()).isBetween(400, 499);
			assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
		}
	}

	@Test
	void streamWhenPageAllowedThenItMayReadIt() {
		String session = server.initialize("2025-11-25", "{}");
		RawResponse response = RawConnection.send(server,
				RawRequest.of("GET")
					.header("Accept", "text/event-stream")
					.header("Mcp-Session-Id", session)
					.header("Origin", PAGE));
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
	}

	@Test
	void requestWhenNoPageThenNoSuchHeaders() {
		RawResponse response = RawConnection.send(server, RawRequest.post(INITIALIZE));
		assertThat(response.headers().keySet()).noneMatch((name) -> name.startsWith("access-control-"));
		RawResponse options = RawConnection.send(server, RawRequest.of("OPTIONS"));
		assertThat(options.status()).isEqualTo(204);
		assertThat(options.header("Allow")).isEqualTo("GET, POST, DELETE, OPTIONS");
		assertThat(options.headers().keySet()).noneMatch((name) -> name.startsWith("access-control-"));
	}

	private static RawRequest preflight(String origin, String method, String headers) {
		RawRequest request = RawRequest.of("OPTIONS")
			.header("Origin", origin)
			.header("Access-Control-Request-Method", method);
		return (headers != null) ? request.header("Access-Control-Request-Headers", headers) : request;
	}

	private static List<String> list(RawResponse response, String header) {
		return Stream.of(response.header(header).toLowerCase(Locale.ROOT).split(",")).map(String::strip).toList();
	}

}
