// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A running application with the endpoint.
 */
final class McpServer implements AutoCloseable {

	private static final String META = "io.modelcontextprotocol/";

	private final ConfigurableApplicationContext context;

	private final String endpoint;

	private McpServer(ConfigurableApplicationContext context) {
		this.context = context;
		this.endpoint = context.getEnvironment().getProperty("server.servlet.context-path", "")
				+ context.getEnvironment().getProperty("spring.ai.mcp.server.streamable-http.mcp-endpoint", "/mcp");
	}

	/**
	 * Start the application with the tools over projects.
	 * @param properties further properties
	 */
	static McpServer start(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.addAll(logging());
		// Tests call more often than people do
		all.add("mcp.remote.rate-limit.enabled=false");
		return new McpServer(ProtectedApplication.start(AuthorizationServer.uri(), all));
	}

	/**
	 * Start any application.
	 * @param application its class
	 * @param properties its properties
	 */
	static McpServer start(Class<?> application, String... properties) {
		List<String> all = new ArrayList<>(
				List.of("server.address=127.0.0.1", "server.port=0", "spring.main.banner-mode=off"));
		all.addAll(List.of(properties));
		all.addAll(logging());
		// Tests call more often than people do
		all.add("mcp.remote.rate-limit.enabled=false");
		return new McpServer(new SpringApplicationBuilder(application)
			.run(all.stream().map((property) -> "--" + property).toArray(String[]::new)));
	}

	/**
	 * What could tell too much is to tell all it has, except for what prints URLs, in
	 * which a token has no business.
	 */
	private static List<String> logging() {
		return List.of("logging.level.io.mcpremote=TRACE", "logging.level.org.springframework.security=TRACE",
				"logging.level.org.springframework.web=TRACE",
				"logging.level.org.springframework.security.web.FilterChainProxy=INFO",
				"logging.level.org.springframework.ai=DEBUG", "logging.level.io.modelcontextprotocol=DEBUG");
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	String origin() {
		return "http://localhost:" + this.context.getEnvironment().getRequiredProperty("local.server.port");
	}

	/**
	 * Return the URL of the endpoint, by which it calls itself a resource.
	 */
	String resource() {
		return (this.endpoint.equals("/")) ? origin() : origin() + this.endpoint;
	}

	/**
	 * Return the URL of its metadata.
	 */
	String metadata() {
		return origin() + "/.well-known/oauth-protected-resource" + ((this.endpoint.equals("/")) ? "" : this.endpoint);
	}

	HttpResponse<String> callTool(String token, String tool) {
		return callTool(token, tool, Map.of());
	}

	HttpResponse<String> callTool(String token, String tool, Map<String, ?> arguments) {
		return modern(token, "tools/call", Map.of("name", tool, "arguments", arguments));
	}

	/**
	 * Send a request of revision 2026-07-28.
	 * @param token the access token or {@code null}
	 * @param method the method
	 * @param params its parameters
	 * @param headers further headers
	 */
	HttpResponse<String> modern(String token, String method, Map<String, ?> params, String... headers) {
		Map<String, Object> all = new LinkedHashMap<>(params);
		all.put("_meta", Map.of(META + "protocolVersion", "2026-07-28", META + "clientCapabilities",
				Map.of("elicitation", Map.of()), META + "clientInfo", Map.of("name", "test-client", "version", "1")));
		HttpRequest.Builder request = request(method, all, headers).header("MCP-Protocol-Version", "2026-07-28")
			.header("Mcp-Method", method);
		Object name = params.containsKey("uri") ? params.get("uri") : params.get("name");
		if (name != null) {
			request.header("Mcp-Name", name.toString());
		}
		return Http.send(authorized(request, token));
	}

	/**
	 * Send a request of revision 2025-11-25.
	 */
	HttpResponse<String> legacy(String token, String method, Map<String, ?> params, String... headers) {
		return Http
			.send(authorized(request(method, params, headers).header("MCP-Protocol-Version", "2025-11-25"), token));
	}

	HttpResponse<String> initialize(String token) {
		return Http.send(authorized(request("initialize", Map.of("protocolVersion", "2025-11-25", "capabilities",
				Map.of(), "clientInfo", Map.of("name", "test-client", "version", "1"))), token));
	}

	private HttpRequest.Builder request(String method, Map<String, ?> params, String... headers) {
		String body = Http.write(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params));
		return Http.request(resource(), headers)
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	private static HttpRequest.Builder authorized(HttpRequest.Builder request, String token) {
		return (token != null) ? request.header("Authorization", "Bearer " + token) : request;
	}

	/**
	 * Return what a tool has said.
	 */
	static String text(HttpResponse<String> response) {
		JsonNode result = answer(response).path("result");
		return result.at("/content/0/text").asString("no text in " + response.body());
	}

	/**
	 * Return the last message of an answer.
	 */
	static JsonNode answer(HttpResponse<String> response) {
		String body = response.body();
		if (Http.header(response, "Content-Type").startsWith("text/event-stream")) {
			List<String> events = body.lines().filter((line) -> line.startsWith("data: {")).toList();
			body = events.get(events.size() - 1).substring("data: ".length());
		}
		return Http.json(body);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
