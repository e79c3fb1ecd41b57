// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client of a revision with a handshake that has a session.
 */
public final class LegacyClient {

	private final RunningServer server;

	private final String revision;

	private final String sessionId;

	private final List<String> headers = new ArrayList<>();

	private LegacyClient(RunningServer server, String revision, String sessionId, String... headers) {
		this.server = server;
		this.revision = revision;
		this.sessionId = sessionId;
		this.headers.addAll(List.of("Mcp-Session-Id", sessionId));
		if (!"2025-03-26".equals(revision)) {
			this.headers.addAll(List.of("MCP-Protocol-Version", revision));
		}
		this.headers.addAll(List.of(headers));
	}

	/**
	 * Begin a session.
	 * @param server the server
	 * @param revision the protocol revision
	 * @param capabilities the client's capabilities as JSON
	 * @param headers further headers for all requests, name and value in turn
	 */
	public static LegacyClient begin(RunningServer server, String revision, String capabilities, String... headers) {
		HttpResponse<String> response = initialize(server, revision, capabilities, headers);
		String id = response.headers()
			.firstValue("Mcp-Session-Id")
			.orElseThrow(() -> new AssertionError("No session: " + response.statusCode() + " " + response.body()));
		return new LegacyClient(server, revision, id, headers);
	}

	/**
	 * Ask for a session.
	 */
	public static HttpResponse<String> initialize(RunningServer server, String revision, String capabilities,
			String... headers) {
		return server.post("""
				{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"%s","capabilities":%s,\
				"clientInfo":{"name":"test-client","version":"1"}}}""".formatted(revision, capabilities), headers);
	}

	public static LegacyClient begin(RunningServer server, String capabilities) {
		return begin(server, "2025-11-25", capabilities);
	}

	/**
	 * Return a client that uses the session of this one with other headers.
	 */
	public LegacyClient with(String... others) {
		return new LegacyClient(this.server, this.revision, this.sessionId, others);
	}

	public String sessionId() {
		return this.sessionId;
	}

	public String[] headers() {
		return this.headers.toArray(String[]::new);
	}

	public HttpResponse<String> post(String body) {
		return this.server.post(body, headers());
	}

	public HttpResponse<String> call(Object id, String method, Map<String, ?> params) {
		return post(message(id, method, params));
	}

	public HttpResponse<String> tool(Object id, String name, Map<String, ?> arguments) {
		return call(id, "tools/call", Map.of("name", name, "arguments", arguments));
	}

	/**
	 * Make a call whose answer is read as it arrives.
	 */
	public LiveExchange open(Object id, String method, Map<String, ?> params, String... more) {
		return LiveExchange.open(this.server, "POST", message(id, method, params), joined(more));
	}

	public LiveExchange openTool(Object id, String name, Map<String, ?> arguments, String... more) {
		return open(id, "tools/call", Map.of("name", name, "arguments", arguments), more);
	}

	/**
	 * Open the session's stream.
	 */
	public LiveExchange listen(String... more) {
		return LiveExchange.open(this.server, "GET", "", joined(more));
	}

	/**
	 * Come back for a stream.
	 */
	public LiveExchange resume(String lastEventId) {
		return listen("Last-Event-ID", lastEventId);
	}

	/**
	 * Answer a request of the server.
	 */
	public HttpResponse<String> answer(String requestId, Map<String, ?> result) {
		return post(RunningServer.write(Map.of("jsonrpc", "2.0", "id", requestId, "result", result)));
	}

	public HttpResponse<String> notify(String method, Map<String, ?> params) {
		return post(RunningServer.write(Map.of("jsonrpc", "2.0", "method", method, "params", params)));
	}

	public HttpResponse<String> delete() {
		return this.server.send(HttpRequest.newBuilder(this.server.uri()).headers(headers()).DELETE().build());
	}

	public static String message(Object id, String method, Map<String, ?> params) {
		Map<String, Object> message = new LinkedHashMap<>();
		message.put("jsonrpc", "2.0");
		message.put("id", id);
		message.put("method", method);
		message.put("params", params);
		return RunningServer.write(message);
	}

	private String[] joined(String... more) {
		List<String> all = new ArrayList<>(this.headers);
		all.addAll(List.of(more));
		return all.toArray(String[]::new);
	}

}
