// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpremote.call.StartupException;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Old clients find the authorization server through the host of the endpoint, if they are
 * meant to.
 */
class MirroredMetadataTests {

	private static final String ROOT = "/.well-known/oauth-authorization-server";

	private final HttpServer authorizationServer = startAuthorizationServer();

	private volatile Map<String, Object> extra = Map.of();

	private volatile String redirect;

	@AfterEach
	void stop() {
		this.authorizationServer.stop(0);
	}

	@Test
	void getThenDocumentOfTheAuthorizationServerAtAllPlaces() {
		try (RunningServer server = start()) {
			for (String path : List.of(ROOT, "/.well-known/openid-configuration", ROOT + "/mcp",
					"/.well-known/openid-configuration/mcp")) {
				HttpResponse<String> response = request(server, "GET", path);
				assertThat(response.statusCode()).as(path).isEqualTo(200);
				assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
				assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
				JsonNode document = RunningServer.json(response);
				assertThat(document.get("issuer").asString()).isEqualTo(issuer());
				assertThat(RunningServer.plain(document.get("grant_types_supported")))
					.isEqualTo(List.of("authorization_code"));
			}
			for (String path : List.of(ROOT + "/", ROOT + "/other", ROOT + "/mcp/more")) {
				assertThat(request(server, "GET", path).statusCode()).as(path).isEqualTo(404);
			}
			assertThat(request(server, "POST", ROOT).statusCode()).isEqualTo(405);
			HttpResponse<String> preflight = request(server, "OPTIONS", ROOT);
			assertThat(preflight.statusCode()).isEqualTo(204);
			assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers")).hasValue("MCP-Protocol-Version");
		}
	}

	@Test
	void getWhenPublicUrlHasAnotherPathThenThereToo() {
		try (RunningServer server = start("mcp.remote.public-url=https://example.com/a/b")) {
			assertThat(request(server, "GET", ROOT + "/a/b").statusCode()).isEqualTo(200);
			assertThat(request(server, "GET", ROOT + "/mcp").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void getWhenNotConfiguredThenNothing() {
		try (RunningServer server = RunningServer
			.secured(List.of("spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer()))) {
			assertThat(request(server, "GET", ROOT).statusCode()).isEqualTo(404);
			assertThat(request(server, "GET", ROOT + "/mcp").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void getWhenAuthorizationServerIsDownThenUnavailable() {
		try (RunningServer server = start()) {
			this.authorizationServer.stop(0);
			assertUnavailable(server);
		}
	}

	@Test
	void getWhenDocumentIsHugeThenUnavailable() {
		this.extra = Map.of("more", "a".repeat(600 * 1024));
		try (RunningServer server = start()) {
			assertUnavailable(server);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://localhost:%d/moved", "file:///etc/hostname", "ftp://localhost:%d/moved" })
	void getWhenSentToAnotherSchemeThenUnavailable(String location) {
		this.redirect = location.formatted(this.authorizationServer.getAddress().getPort());
		try (RunningServer server = start()) {
			assertUnavailable(server);
		}
	}

	@Test
	void startWhenNobodyIsToBeCopiedThenFails() {
		List<String> properties = new ArrayList<>(
				TestKeys.properties(new TestKeys(Clock.systemUTC()).key("alice", "read")));
		properties.add("mcp.remote.security.metadata-mirror=true");
		assertThatException().isThrownBy(() -> RunningServer.secured(properties).close())
			.havingRootCause()
			.isInstanceOf(StartupException.class)
			.withMessageContaining("metadata-mirror");
	}

	private void assertUnavailable(RunningServer server) {
		HttpResponse<String> response = request(server, "GET", ROOT);
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
		assertThat(response.body()).isEqualTo("{\"error\":\"temporarily_unavailable\"}");
	}

	private RunningServer start(String... properties) {
		List<String> all = new ArrayList<>(List.of("spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer(),
				"mcp.remote.security.metadata-mirror=true"));
		all.addAll(List.of(properties));
		return RunningServer.secured(all);
	}

	private String issuer() {
		return "http://localhost:" + this.authorizationServer.getAddress().getPort();
	}

	private static HttpResponse<String> request(RunningServer server, String method, String path) {
		return server.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build());
	}

	private HttpServer startAuthorizationServer() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/.well-known/", this::answer);
			server.createContext("/moved", this::write);
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void answer(HttpExchange exchange) throws IOException {
		if (this.redirect != null) {
			exchange.getResponseHeaders().set("Location", this.redirect);
			exchange.sendResponseHeaders(302, -1);
			exchange.close();
			return;
		}
		write(exchange);
	}

	private void write(HttpExchange exchange) throws IOException {
		Map<String, Object> document = new TreeMap<>(this.extra);
		document.put("issuer", issuer());
		document.put("grant_types_supported", List.of("authorization_code"));
		byte[] body = JsonMapper.shared().writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

}
