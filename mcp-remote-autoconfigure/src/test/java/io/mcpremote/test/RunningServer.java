// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mcpremote.test.TestRun.Channel;
import io.micrometer.observation.ObservationRegistry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A real application with the endpoint on a real port, and a client that sends whatever
 * it is told to.
 */
public final class RunningServer implements AutoCloseable {

	private static final String SECURITY_ENABLED = "mcp.remote.security.enabled";

	private static final String PORT = "server.port";

	private static final String RATE_LIMIT = "mcp.remote.rate-limit";

	private static final String CONCURRENCY = "mcp.remote.concurrency";

	private static final int MAX_KEPT = 20_000;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ConfigurableApplicationContext context;

	private RunningServer(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start an application that asks nobody who they are.
	 * @param properties its properties, as {@code key=value}
	 * @param components beans such as tools
	 */
	public static RunningServer start(List<String> properties, Class<?>... components) {
		List<String> open = new ArrayList<>(properties);
		if (properties.stream().noneMatch((property) -> property.startsWith(SECURITY_ENABLED))) {
			open.add(SECURITY_ENABLED + "=false");
		}
		return secured(open, components);
	}

	/**
	 * Start an application as it is for users.
	 * @param properties its properties, as {@code key=value}
	 * @param components beans such as tools
	 */
	public static RunningServer secured(List<String> properties, Class<?>... components) {
		List<String> arguments = new ArrayList<>(List.of("--server.address=127.0.0.1", "--spring.main.banner-mode=off",
				"--spring.ai.mcp.server.name=test-server", "--spring.ai.mcp.server.version=1.2.3"));
		if (properties.stream().noneMatch((property) -> property.startsWith(PORT))) {
			arguments.add("--" + PORT + "=0");
		}
		if (properties.stream().noneMatch((property) -> property.startsWith(RATE_LIMIT))) {
			// Tests call more often than people do
			arguments.add("--" + RATE_LIMIT + ".enabled=false");
		}
		if (properties.stream().noneMatch((property) -> property.startsWith(CONCURRENCY))) {
			// And more at once, all from one address
			arguments.add("--" + CONCURRENCY + ".per-user=1000");
		}
		properties.forEach((property) -> {
			UsedSecrets.configured(property);
			arguments.add("--" + property);
		});
		SpringApplicationBuilder builder = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.SERVLET);
		builder.sources(components);
		builder.initializers((context) -> ((GenericApplicationContext) context).registerBean("keptObservations",
				ObservationRegistry.class, KeptObservations::registry));
		return new RunningServer(builder.run(arguments.toArray(String[]::new)));
	}

	public static RunningServer start(Class<?>... components) {
		return start(List.of(), components);
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + port() + "/mcp");
	}

	/**
	 * Return the URL by which clients know the endpoint, for which tokens are issued.
	 */
	public String resource() {
		return "http://localhost:" + port() + "/mcp";
	}

	public HttpClient client() {
		return this.client;
	}

	/**
	 * Begin a POST with the headers that every client sends.
	 */
	public HttpRequest.Builder request(String body) {
		return HttpRequest.newBuilder(uri())
			.timeout(Duration.ofSeconds(30))
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	public HttpResponse<String> send(HttpRequest request) {
		request.headers().map().forEach((name, values) -> values.forEach((value) -> UsedSecrets.sent(name, value)));
		try {
			return kept(this.client.send(request, HttpResponse.BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static HttpResponse<String> kept(HttpResponse<String> response) {
		String body = response.body();
		UsedSecrets.received(response.headers(), body);
		TestRun.keep(Channel.ANSWERS, response.statusCode() + " " + response.headers().map() + " "
				+ ((body.length() > MAX_KEPT) ? body.substring(0, MAX_KEPT) : body));
		return response;
	}

	/**
	 * Post a message as it is.
	 * @param body the message
	 * @param headers further headers, name and value in turn
	 */
	public HttpResponse<String> post(String body, String... headers) {
		HttpRequest.Builder request = request(body);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request.build());
	}

	/**
	 * Post a message of revision 2026-07-28 with everything that belongs to it.
	 */
	public HttpResponse<String> modern(ModernRequest message) {
		return post(message.body(), message.headers());
	}

	/**
	 * Begin a session.
	 * @param revision the protocol revision
	 * @param capabilities the client's capabilities as JSON
	 * @return the id of the session
	 */
	public String initialize(String revision, String capabilities) {
		HttpResponse<String> response = post("""
				{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"%s","capabilities":%s,\
				"clientInfo":{"name":"test-client","version":"1"}}}""".formatted(revision, capabilities));
		return response.headers().firstValue("Mcp-Session-Id").orElseThrow();
	}

	/**
	 * Return the answer, which is the last message of a stream.
	 */
	public static JsonNode json(HttpResponse<String> response) {
		if (response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream")) {
			List<JsonNode> events = events(response.body());
			return events.get(events.size() - 1);
		}
		return JSON.readTree(response.body());
	}

	public static JsonNode json(String text) {
		return JSON.readTree(text);
	}

	/**
	 * Return the text that a tool answered with.
	 */
	public static String text(JsonNode message) {
		JsonNode text = message.at("/result/content/0/text");
		if (!text.isString()) {
			throw new AssertionError("No text in " + message);
		}
		return text.asString();
	}

	/**
	 * Return the messages of an event stream.
	 */
	public static List<JsonNode> events(String body) {
		return body.lines()
			.filter((line) -> line.startsWith("data:") && line.length() > "data: ".length())
			.map((line) -> json(line.substring("data:".length())))
			.toList();
	}

	/**
	 * Turn JSON into maps and lists.
	 */
	public static Object plain(JsonNode json) {
		return JSON.convertValue(json, Object.class);
	}

	static String write(Map<String, ?> value) {
		return JSON.writeValueAsString(value);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
