// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RawConnection;
import io.mcpremote.test.RawRequest;
import io.mcpremote.test.RawResponse;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What arrives at the one endpoint, which era it belongs to and what it gets, for servers
 * with sessions and without.
 */
class EraTableTests {

	private static final String LIST = """
			{"jsonrpc":"2.0","id":7,"method":"tools/list"}""";

	private static final String INITIALIZE = """
			{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},\
			"clientInfo":{"name":"test-client","version":"1"}}}""";

	private static RunningServer without;

	private static RunningServer with;

	private static RunningServer required;

	@BeforeAll
	static void start() {
		without = WireServer.start();
		with = WireServer.start("mcp.remote.sessions.enabled=true");
		required = WireServer.start("mcp.remote.sessions.enabled=true", "mcp.remote.sessions.required=true");
	}

	@AfterAll
	static void stop() {
		without.close();
		with.close();
		required.close();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("rows")
	void requestWhenSessionsOffThenAnswered(Row row) {
		check(RawConnection.send(without, row.request().apply("not-a-session")), row.off());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("rows")
	void requestWhenSessionsOnThenAnswered(Row row) {
		String session = with.initialize("2025-11-25", "{}");
		check(RawConnection.send(with, row.request().apply(session)), row.on());
	}

	static Stream<Row> rows() {
		return Stream.of(row("1 discover", (id) -> modern("server/discover"), result("supportedVersions")),
				row("2 initialize, bare", (id) -> RawRequest.post(INITIALIZE), result("protocolVersion"),
						result("protocolVersion").withSession()),
				row("3 initialize with headers",
						(id) -> RawRequest.post(INITIALIZE)
							.header("MCP-Protocol-Version", "2025-11-25")
							.header("Mcp-Method", "initialize"),
						result("protocolVersion"), result("protocolVersion").withSession()),
				row("4 legacy with session", (id) -> RawRequest.post("""
						{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"_meta":{"progressToken":"p"}}}""")
					.header("MCP-Protocol-Version", "2025-06-18")
					.header("Mcp-Session-Id", id), result("tools")),
				row("5 legacy, bare", (id) -> RawRequest.post(LIST), result("tools")),
				row("6 initialize in a modern envelope", (id) -> modern("initialize"), error(404, -32601)),
				row("7 modern header, no _meta",
						(id) -> RawRequest.post(LIST).header("MCP-Protocol-Version", "2026-07-28"), error(400, -32602)),
				row("8 modern _meta, no header", (id) -> modern("tools/list").set("MCP-Protocol-Version", null),
						error(400, -32020)),
				row("9 modern envelope, legacy revision",
						(id) -> RawRequest.post(ModernRequest.of("tools/list")
							.id(7)
							.meta("protocolVersion", "2025-11-25")
							.header("MCP-Protocol-Version", "2025-11-25")),
						error(400, -32022)),
				row("10 batch",
						(id) -> RawRequest
							.post("[" + LIST + ",{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"ping\"}]"),
						batch()),
				row("10 batch, revision without batches",
						(id) -> RawRequest.post("[" + LIST + "]").header("MCP-Protocol-Version", "2025-06-18"),
						error(400, -32600).withoutId()),
				row("11 response", (id) -> RawRequest.post("""
						{"jsonrpc":"2.0","id":3,"result":{}}""").header("Mcp-Session-Id", id),
						error(400, -32600).withoutId(), empty(202)),
				row("12 GET with session",
						(id) -> RawRequest.of("GET").header("Accept", "text/event-stream").header("Mcp-Session-Id", id),
						error(405, -32600).withoutId(), stream()),
				row("12 DELETE with session", (id) -> RawRequest.of("DELETE").header("Mcp-Session-Id", id),
						error(405, -32600).withoutId(), empty(204)),
				row("12 GET with unknown session",
						(id) -> RawRequest.of("GET")
							.header("Accept", "text/event-stream")
							.header("Mcp-Session-Id", "x"),
						error(405, -32600).withoutId(), error(404, -32001).withoutId()),
				row("12 GET that resumes nothing",
						(id) -> RawRequest.of("GET")
							.header("Accept", "text/event-stream")
							.header("Mcp-Session-Id", id)
							.header("Last-Event-ID", "x"),
						error(405, -32600).withoutId(), error(400, -32600).withoutId()),
				row("12 GET by who takes no stream",
						(id) -> RawRequest.of("GET").header("Accept", "application/json").header("Mcp-Session-Id", id),
						error(405, -32600).withoutId(), error(406, -32600).withoutId()),
				row("12 DELETE with unknown session", (id) -> RawRequest.of("DELETE").header("Mcp-Session-Id", "x"),
						error(405, -32600).withoutId(), error(404, -32001).withoutId()),
				row("13 GET without session", (id) -> RawRequest.of("GET").header("Accept", "text/event-stream"),
						error(405, -32600).withoutId()),
				row("13 DELETE without session", (id) -> RawRequest.of("DELETE"), error(405, -32600).withoutId()),
				row("13 GET with modern header",
						(id) -> RawRequest.of("GET")
							.header("Accept", "text/event-stream")
							.header("Mcp-Session-Id", id)
							.header("MCP-Protocol-Version", "2026-07-28"),
						error(405, -32600).withoutId()),
				row("13 DELETE with modern header",
						(id) -> RawRequest.of("DELETE")
							.header("Mcp-Session-Id", id)
							.header("MCP-Protocol-Version", "2026-07-28"),
						error(405, -32600).withoutId()),
				row("14 modern with stale session", (id) -> modern("tools/list").header("Mcp-Session-Id", "stale"),
						result("tools")),
				row("15 modern notification",
						(id) -> RawRequest.post("""
								{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""")
							.header("MCP-Protocol-Version", "2026-07-28"),
						empty(202)),
				row("16 no JSON", (id) -> RawRequest.post("{\"jsonrpc\":"), error(400, -32700).withoutId()),
				row("17 unknown revision on a session",
						(id) -> RawRequest.post(LIST)
							.header("MCP-Protocol-Version", "2099-01-01")
							.header("Mcp-Session-Id", id),
						error(400, -32602)),
				row("stale session", (id) -> RawRequest.post(LIST).header("Mcp-Session-Id", "stale"), result("tools"),
						error(404, -32001)),
				row("initialize with stale session",
						(id) -> RawRequest.post(INITIALIZE).header("Mcp-Session-Id", "stale"),
						result("protocolVersion"), result("protocolVersion").withSession()),
				row("notification with stale session", (id) -> RawRequest.post("""
						{"jsonrpc":"2.0","method":"notifications/initialized"}""").header("Mcp-Session-Id", "stale"),
						empty(202), empty(404)));
	}

	@Test
	void requestWhenSessionRequiredAndNoneThenRefused() {
		check(RawConnection.send(required, RawRequest.post(LIST)), error(400, -32600));
	}

	@Test
	void requestWhenSessionRequiredAndNamedThenServed() {
		String session = required.initialize("2025-11-25", "{}");
		check(RawConnection.send(required, RawRequest.post(LIST).header("Mcp-Session-Id", session)), result("tools"));
	}

	@Test
	void requestWhenSessionRequiredAndModernThenServed() {
		check(RawConnection.send(required, modern("tools/list")), result("tools"));
	}

	@Test
	void sessionWhenDeletedThenNotFound() {
		String session = with.initialize("2025-11-25", "{}");
		RawConnection.send(with, RawRequest.of("DELETE").header("Mcp-Session-Id", session));
		check(RawConnection.send(with, RawRequest.post(LIST).header("Mcp-Session-Id", session)), error(404, -32001));
	}

	@Test
	void clientWhenNamelessThenServed() {
		RawResponse begun = RawConnection.send(with, RawRequest.post(INITIALIZE.replace("test-client", "")));
		check(RawConnection.send(with, RawRequest.post(LIST).header("Mcp-Session-Id", begun.header("Mcp-Session-Id"))),
				result("tools"));
		check(RawConnection.send(with,
				RawRequest
					.post(ModernRequest.of("tools/list").id(7).meta("clientInfo", Map.of("name", "", "version", "")))),
				result("tools"));
	}

	@Test
	void methodWhenNotAllowedThenSaysWhich() {
		assertThat(RawConnection.send(without, RawRequest.of("GET")).header("Allow")).isEqualTo("POST, OPTIONS");
		assertThat(RawConnection.send(with, RawRequest.of("PUT")).header("Allow"))
			.isEqualTo("GET, POST, DELETE, OPTIONS");
	}

	private static RawRequest modern(String method) {
		return RawRequest.post(ModernRequest.of(method).id(7));
	}

	private static void check(RawResponse response, Expected expected) {
		assertThat(response.status()).as("status of %s", response).isEqualTo(expected.status());
		assertThat(response.has("Mcp-Session-Id")).as("session header of %s", response).isEqualTo(expected.session());
		assertThat(response.header("Content-Type")).isEqualTo(expected.contentType());
		if (expected.contentType().equals("application/json")) {
			JsonNode body = response.json();
			if (expected.batch()) {
				assertThat(body.at("/0/id").asInt()).isEqualTo(7);
				assertThat(body.at("/1/id").asString()).isEqualTo("b");
				assertThat(body.at("/1/result").isObject()).isTrue();
				assertThat(body.size()).isEqualTo(2);
				return;
			}
			assertThat(body.get("jsonrpc").asString()).isEqualTo("2.0");
			assertThat(body.has("id")).as("id in %s", body).isEqualTo(expected.id());
			if (expected.id()) {
				assertThat(body.get("id").isInt()).isTrue();
				assertThat(body.get("id").asInt()).isEqualTo(7);
			}
			assertThat(response.code()).isEqualTo(expected.code());
			assertThat(body.has("result")).isEqualTo(expected.code() == 0);
			assertThat(body.at("/result").has(expected.member())).isEqualTo(expected.code() == 0);
		}
		else if (!response.open()) {
			assertThat(response.body()).isEmpty();
		}
		LeakCheck.check(response);
	}

	private static Row row(String what, Function<String, RawRequest> request, Expected always) {
		return row(what, request, always, always);
	}

	private static Row row(String what, Function<String, RawRequest> request, Expected off, Expected on) {
		return new Row(what, request, off, on);
	}

	private static Expected result(String member) {
		return new Expected(200, 0, member, true, false, false, "application/json");
	}

	private static Expected batch() {
		return new Expected(200, 0, "", true, false, true, "application/json");
	}

	private static Expected error(int status, int code) {
		return new Expected(status, code, "", true, false, false, "application/json");
	}

	private static Expected empty(int status) {
		return new Expected(status, 0, "", false, false, false, "");
	}

	private static Expected stream() {
		return new Expected(200, 0, "", false, false, false, "text/event-stream");
	}

	/**
	 * One row of the table.
	 *
	 * @param what what arrives
	 * @param request makes the request, given the id of a session
	 * @param off what a server without sessions answers
	 * @param on what a server with sessions answers
	 */
	record Row(String what, Function<String, RawRequest> request, Expected off, Expected on) {

		@Override
		public String toString() {
			return this.what;
		}

	}

	/**
	 * An answer.
	 *
	 * @param status the HTTP status
	 * @param code the JSON-RPC error code, 0 for a result
	 * @param member a member of the result
	 * @param id whether the id of the request is echoed
	 * @param session whether a session begins
	 * @param batch whether it answers a batch
	 * @param contentType the media type, empty for no body
	 */
	record Expected(int status, int code, String member, boolean id, boolean session, boolean batch,
			String contentType) {

		Expected withSession() {
			return new Expected(this.status, this.code, this.member, this.id, true, this.batch, this.contentType);
		}

		Expected withoutId() {
			return new Expected(this.status, this.code, this.member, false, this.session, this.batch, this.contentType);
		}

	}

}
