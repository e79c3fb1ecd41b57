// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.operate;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import tools.jackson.databind.json.JsonMapper;

/**
 * Requests in which a client makes up one thing or another, everywhere where it can.
 */
final class MadeUp {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String META = "io.modelcontextprotocol/";

	/**
	 * Each makes up something else. Text that begins with "made_up" is new in each
	 * request.
	 */
	private static final List<Function<Request, Request>> KINDS = List.of(
			(request) -> request.method("tools/call").param("name", request.text),
			(request) -> request.method("prompts/get").param("name", request.text),
			(request) -> request.method("resources/read").param("uri", "docs://" + request.text),
			(request) -> request.method("resources/read").param("uri", request.text + "://x"),
			(request) -> request.method("resources/subscribe").param("uri", "docs://" + request.text),
			(request) -> request.method("completion/complete")
				.param("ref", Map.of("type", "ref/prompt", "name", request.text))
				.param("argument", Map.of("name", request.text, "value", request.text)),
			(request) -> request.method("completion/complete")
				.param("ref", Map.of("type", "ref/resource", "uri", "docs://" + request.text))
				.param("argument", Map.of("name", request.text, "value", request.text)),
			(request) -> request.method(request.text + "/list"),
			(request) -> request.echo().param("arguments", Map.of(request.text, request.text)),
			(request) -> request.echo()
				.meta("clientInfo", Map.of("name", request.text, "version", request.text, "title", request.text)),
			(request) -> request.echo()
				.meta("clientCapabilities", Map.of("experimental", Map.of(request.text, Map.of()))),
			(request) -> request.echo().meta("protocolVersion", request.text),
			(request) -> request.echo().header("MCP-Protocol-Version", request.text),
			(request) -> request.echo().header("Mcp-Session-Id", request.text),
			(request) -> request.echo().header("Mcp-Method", request.text),
			(request) -> request.echo().header("Mcp-Name", request.text),
			(request) -> request.echo().header("Authorization", "Bearer " + request.text),
			(request) -> request.echo().header("Authorization", request.text + " x"),
			(request) -> request.echo()
				.header("User-Agent", request.text)
				.header("Accept-Language", request.text)
				.header(request.text, request.text),
			(request) -> request.echo().header("Origin", "https://" + request.text.replace('_', '-') + ".example"),
			(request) -> request.echo().header("Content-Type", "application/" + request.text),
			(request) -> request.echo().header("Accept", "application/" + request.text),
			(request) -> request.echo()
				.header("traceparent", "00-" + request.hex(32) + "-" + request.hex(16) + "-01")
				.header("tracestate", request.text + "=1")
				.header("baggage", "tenant=" + request.text),
			(request) -> request.echo()
				.raw("traceparent", "00-" + request.hex(32) + "-" + request.hex(16) + "-01")
				.raw("tracestate", request.text + "=1")
				.raw("baggage", "tenant=" + request.text)
				.raw("progressToken", request.text),
			(request) -> request.echo().id(request.text), (request) -> request.echo().path("/mcp/" + request.text),
			(request) -> request.echo().path("/mcp?" + request.text + "=" + request.text),
			(request) -> request.echo().verb(request.text.toUpperCase(Locale.ROOT)),
			(request) -> request.echo().verb("GET").header("Mcp-Session-Id", request.text),
			(request) -> request.echo().verb("DELETE").header("Mcp-Session-Id", request.text),
			(request) -> request.old()
				.method("initialize")
				.param("protocolVersion", request.text)
				.param("capabilities", Map.of())
				.param("clientInfo", Map.of("name", request.text, "version", request.text)),
			(request) -> request.old().method("tools/call").param("name", request.text),
			(request) -> request.old().method("notifications/" + request.text),
			(request) -> request.old().method("logging/setLevel").param("level", request.text),
			(request) -> request.body("{\"" + request.text));

	private MadeUp() {
	}

	static int kinds() {
		return KINDS.size();
	}

	/**
	 * Return a request.
	 * @param url where the server is
	 * @param number a new one for each request, which decides what is made up
	 */
	static HttpRequest request(String url, int number) {
		return KINDS.get(number % KINDS.size()).apply(new Request(number)).build(url);
	}

	private static final class Request {

		private final String text;

		private final int number;

		private final Map<String, Object> params = new LinkedHashMap<>();

		private final Map<String, Object> meta = new LinkedHashMap<>();

		private final Map<String, String> headers = new LinkedHashMap<>();

		private Object id = 1;

		private String method = "tools/list";

		private String path = "/mcp";

		private String verb = "POST";

		private String body;

		Request(int number) {
			this.number = number;
			this.text = "made_up" + number;
			this.headers.put("Content-Type", "application/json");
			this.headers.put("Accept", "application/json, text/event-stream");
			this.headers.put("MCP-Protocol-Version", "2026-07-28");
			this.headers.put("Authorization", "Bearer " + Server.KEY);
			meta("protocolVersion", "2026-07-28");
			meta("clientCapabilities", Map.of());
			meta("clientInfo", Map.of("name", "checks", "version", "1"));
		}

		Request echo() {
			return method("tools/call").param("name", "echo").param("arguments", Map.of("text", "hi"));
		}

		/**
		 * As clients of former revisions do.
		 */
		Request old() {
			this.headers.put("MCP-Protocol-Version", "2025-11-25");
			this.meta.clear();
			return this;
		}

		Request method(String newMethod) {
			this.method = newMethod;
			return this;
		}

		Request param(String name, Object value) {
			this.params.put(name, value);
			return this;
		}

		Request meta(String name, Object value) {
			return raw(META + name, value);
		}

		Request raw(String name, Object value) {
			this.meta.put(name, value);
			return this;
		}

		Request header(String name, String value) {
			this.headers.put(name, value);
			return this;
		}

		Request id(Object newId) {
			this.id = newId;
			return this;
		}

		Request path(String newPath) {
			this.path = newPath;
			return this;
		}

		Request verb(String newVerb) {
			this.verb = newVerb;
			return this;
		}

		Request body(String newBody) {
			this.body = newBody;
			return this;
		}

		String hex(int length) {
			return String.format("%0" + length + "x", this.number + 1);
		}

		HttpRequest build(String url) {
			if (!this.meta.isEmpty()) {
				this.params.put("_meta", this.meta);
				this.headers.putIfAbsent("Mcp-Method", this.method);
				Object name = this.params.getOrDefault("name", this.params.get("uri"));
				if (name != null) {
					this.headers.putIfAbsent("Mcp-Name", name.toString());
				}
			}
			String json = (this.body != null) ? this.body : JSON.writeValueAsString(
					Map.of("jsonrpc", "2.0", "id", this.id, "method", this.method, "params", this.params));
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + this.path))
				.timeout(Duration.ofSeconds(30))
				.method(this.verb, BodyPublishers.ofString(json));
			this.headers.forEach(request::setHeader);
			return request.build();
		}

	}

}
