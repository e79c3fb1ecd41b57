// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.operate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The application on a port of its own, and everything it has told about itself.
 */
final class Server implements AutoCloseable {

	static final String KEY = "mcpk_operate00001_" + "a".repeat(43);

	private static final JsonMapper JSON = JsonMapper.shared();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ConfigurableApplicationContext context;

	private Server(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static Server start(String... properties) {
		return start(Exporter.class, properties);
	}

	/**
	 * Start the application.
	 * @param more beans of a test
	 */
	static Server start(Class<?> more, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0"));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		return new Server(new SpringApplicationBuilder(Application.class, Exporter.class, more)
			.run(arguments.toArray(String[]::new)));
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Call a tool.
	 * @param meta metadata of the request
	 * @param headers further headers, name and value in turn
	 */
	HttpResponse<String> tool(String name, Map<String, ?> arguments, Map<String, ?> meta, String... headers) {
		return request("tools/call", Map.of("name", name, "arguments", arguments), name, meta, headers);
	}

	HttpResponse<String> request(String method, Map<String, ?> params, String name, Map<String, ?> meta,
			String... headers) {
		Map<String, Object> allMeta = new LinkedHashMap<>(meta);
		allMeta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
		allMeta.put("io.modelcontextprotocol/clientCapabilities", Map.of());
		allMeta.putIfAbsent("io.modelcontextprotocol/clientInfo", Map.of("name", "checks", "version", "1"));
		Map<String, Object> allParams = new LinkedHashMap<>(params);
		allParams.put("_meta", allMeta);
		HttpRequest.Builder request = HttpRequest.newBuilder(uri("/mcp"))
			.timeout(Duration.ofSeconds(30))
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.header("MCP-Protocol-Version", "2026-07-28")
			.header("Mcp-Method", method)
			.POST(HttpRequest.BodyPublishers.ofString(
					JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", allParams))));
		if (name != null) {
			request.header("Mcp-Name", name);
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request.build());
	}

	String text(HttpResponse<String> response) {
		JsonNode text = JSON.readTree(response.body()).at("/result/content/0/text");
		if (!text.isString()) {
			throw new AssertionError("No text in " + response.body());
		}
		return text.asString();
	}

	String scrape() {
		return send(HttpRequest.newBuilder(uri("/actuator/prometheus")).build()).body();
	}

	/**
	 * Return the time series that a line of a scrape is for.
	 */
	List<String> series(Predicate<String> wanted) {
		return scrape().lines().filter((line) -> !line.startsWith("#") && wanted.test(line)).toList();
	}

	List<SpanData> spans() {
		return bean(InMemorySpanExporter.class).getFinishedSpanItems();
	}

	SpanData span(String name) {
		List<SpanData> found = spans().stream().filter((span) -> span.getName().equals(name)).toList();
		if (found.size() != 1) {
			throw new AssertionError("Not one '" + name + "' in " + spans().stream().map(SpanData::getName).toList());
		}
		return found.get(0);
	}

	String url() {
		return "http://localhost:" + this.context.getEnvironment().getRequiredProperty("local.server.port");
	}

	private URI uri(String path) {
		return URI.create(url() + path);
	}

	HttpResponse<String> send(HttpRequest request) {
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Keeps the spans, each as soon as it has ended.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Exporter {

		@Bean
		InMemorySpanExporter inMemorySpanExporter() {
			return InMemorySpanExporter.create();
		}

		@Bean
		SpanProcessor simpleSpanProcessor(InMemorySpanExporter exporter) {
			return SimpleSpanProcessor.create(exporter);
		}

	}

}
