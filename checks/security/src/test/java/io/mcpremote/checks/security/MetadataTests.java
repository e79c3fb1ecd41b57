// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients find out about the endpoint before they have a token, and that nobody but
 * its configuration decides about it.
 */
@ExtendWith(Secrets.class)
class MetadataTests {

	private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

	private static McpServer server;

	private static Map<String, McpServer> behindProxies;

	@BeforeAll
	static void start() {
		server = McpServer.start();
		behindProxies = Map.of("none", server, "framework",
				McpServer.start("server.forward-headers-strategy=framework"), "native",
				McpServer.start("server.forward-headers-strategy=native"));
	}

	@AfterAll
	static void stop() {
		behindProxies.values().forEach(McpServer::close);
	}

	@Test
	void metadataWhenAskedForThenDescribesTheEndpoint() {
		HttpResponse<String> response = Http.get(server.metadata());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(Http.header(response, "Content-Type")).startsWith("application/json");
		assertThat(response.headers().map()).doesNotContainKeys("set-cookie", "www-authenticate", "location");
		assertThat(Http.json(response)).isEqualTo(Http.json(Http
			.write(Map.of("resource", server.resource(), "authorization_servers", List.of(AuthorizationServer.uri()),
					"scopes_supported", List.of("read:projects"), "bearer_methods_supported", List.of("header"),
					"dpop_signing_alg_values_supported", List.of("ES256", "PS256", "RS256")))));
	}

	@Test
	void metadataWhenAskedForByPageThenReadable() {
		HttpResponse<String> response = Http.get(server.metadata(), "Origin", "https://inspector.example");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(Http.header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
		HttpResponse<String> preflight = Http.send(Http
			.request(server.metadata(), "Origin", "https://inspector.example", "Access-Control-Request-Method", "GET",
					"Access-Control-Request-Headers", "mcp-protocol-version")
			.method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
		assertThat(preflight.statusCode()).isEqualTo(204);
		assertThat(Http.header(preflight, "Access-Control-Allow-Origin")).isEqualTo("*");
		assertThat(Http.header(preflight, "Access-Control-Allow-Headers")).containsIgnoringCase("mcp-protocol-version");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer abc", "Basic YTpi", "" })
	void metadataWhenThereIsABadTokenThenServedAllTheSame(String header) {
		assertThat(Http.get(server.metadata(), "Authorization", header).statusCode()).isEqualTo(200);
	}

	/**
	 * This application is a resource server besides, and Spring Security speaks for that.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/other", "/mcp/", "/mcp/more", "/MCP", "/mcp.json", "/other/mcp" })
	void metadataWhenOfSomethingElseThenNotOfTheEndpoint(String suffix) {
		assertNotOfTheEndpoint(server, suffix);
	}

	private static void assertNotOfTheEndpoint(McpServer asked, String suffix) {
		HttpResponse<String> response = Http.get(asked.origin() + WELL_KNOWN + suffix);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(Http.json(response).path("resource").asString()).isNotEqualTo(asked.resource());
		assertThat(response.body()).doesNotContain("read:projects", "authorization_servers");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/%2e%2e/mcp", "//mcp", "/mcp;a=b", "/..;/mcp", "/mcp%00", "/mcp%2f" })
	void metadataWhenPathIsStrangeThenNotServed(String suffix) {
		assertThat(Http.get(server.origin() + WELL_KNOWN + suffix).statusCode()).isBetween(400, 404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE" })
	void metadataWhenNotToBeReadThenRefused(String method) {
		HttpResponse<String> response = Http
			.send(Http.request(server.metadata()).method(method, HttpRequest.BodyPublishers.ofString("{}")));
		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(Http.header(response, "Allow")).contains("GET");
	}

	@Test
	void metadataOfAuthorizationServerThenItsOwn() {
		JsonNode metadata = Http.json(Http.get(server.metadata()));
		String issuer = metadata.at("/authorization_servers/0").asString();
		JsonNode ofIssuer = Http.json(Http.get(issuer + "/.well-known/oauth-authorization-server"));
		assertThat(ofIssuer.get("issuer").asString()).isEqualTo(issuer);
	}

	@ParameterizedTest
	@MethodSource
	void requestWhenItClaimsAnotherHostThenResourceStaysTheSame(String strategy, List<String> headers) {
		McpServer behindProxy = behindProxies.get(strategy);
		String[] spoofed = headers.toArray(String[]::new);
		HttpResponse<String> metadata = Http.get(behindProxy.metadata(), spoofed);
		assertThat(metadata.statusCode()).isEqualTo(200);
		assertThat(Http.json(metadata).get("resource").asString()).isEqualTo(behindProxy.resource());
		HttpResponse<String> response = behindProxy.modern(null, "tools/list", Map.of(), spoofed);
		if (response.statusCode() != 403) {
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(Challenge.of(response).metadata()).isEqualTo(behindProxy.metadata());
		}
		for (HttpResponse<String> answer : List.of(metadata, response)) {
			assertThat(answer.body() + answer.headers().map()).doesNotContain("evil");
		}
		String token = AuthorizationServer.machineToken("https://evil.example/mcp", "read:projects");
		assertThat(behindProxy.modern(token, "tools/list", Map.of(), spoofed).statusCode()).isIn(401, 403);
	}

	static Stream<Object[]> requestWhenItClaimsAnotherHostThenResourceStaysTheSame() {
		return Stream
			.of(List.of("Host", "evil.example"), List.of("X-Forwarded-Host", "evil.example"),
					List.of("X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https", "X-Forwarded-Port",
							"443"),
					List.of("X-Forwarded-Prefix", "/evil"), List.of("Forwarded", "host=evil.example;proto=https"),
					List.of("X-Original-Host", "evil.example", "X-Host", "evil.example"))
			.flatMap((headers) -> Stream.of("none", "framework", "native")
				.map((strategy) -> new Object[] { strategy, headers }));
	}

	@Test
	void metadataWhenThereIsAPublicUrlThenItDecides() {
		try (McpServer published = McpServer.start("mcp.remote.public-url=HTTPS://MCP.Example.com/team/mcp/")) {
			String resource = "https://mcp.example.com/team/mcp";
			String location = "https://mcp.example.com/.well-known/oauth-protected-resource/team/mcp";
			HttpResponse<String> challenged = published.modern(null, "tools/list", Map.of());
			assertThat(Challenge.of(challenged).metadata()).isEqualTo(location);
			// Whether or not the proxy takes away the prefix
			for (String path : List.of("/team/mcp", "/mcp")) {
				HttpResponse<String> metadata = Http.get(published.origin() + WELL_KNOWN + path);
				assertThat(metadata.statusCode()).as(path).isEqualTo(200);
				assertThat(Http.json(metadata).get("resource").asString()).isEqualTo(resource);
			}
			String good = AuthorizationServer.machineToken(resource, "read:projects");
			assertThat(published.callTool(good, "whoami").statusCode()).isEqualTo(200);
			String local = AuthorizationServer.machineToken(published.resource(), "read:projects");
			assertThat(published.callTool(local, "whoami").statusCode()).isEqualTo(401);
		}
	}

	@Test
	void metadataWhenEndpointIsTheRootThenAtTheRoot() {
		try (McpServer root = McpServer.start("spring.ai.mcp.server.streamable-http.mcp-endpoint=/")) {
			HttpResponse<String> challenged = root.modern(null, "tools/list", Map.of());
			assertThat(challenged.statusCode()).isEqualTo(401);
			assertThat(Challenge.of(challenged).metadata()).isEqualTo(root.origin() + WELL_KNOWN);
			HttpResponse<String> metadata = Http.get(root.origin() + WELL_KNOWN);
			assertThat(Http.json(metadata).get("resource").asString()).isEqualTo(root.origin());
			assertNotOfTheEndpoint(root, "/mcp");
			String token = AuthorizationServer.machineToken(root.origin(), "read:projects");
			assertThat(root.callTool(token, "whoami").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void metadataWhenThereIsAContextPathThenWhereTheChallengeSays() {
		try (McpServer deep = McpServer.start("server.servlet.context-path=/app")) {
			HttpResponse<String> challenged = deep.modern(null, "tools/list", Map.of());
			assertThat(challenged.statusCode()).isEqualTo(401);
			HttpResponse<String> metadata = Http.get(Challenge.of(challenged).metadata());
			assertThat(metadata.statusCode()).isEqualTo(200);
			assertThat(Http.json(metadata).get("resource").asString()).isEqualTo(deep.origin() + "/app/mcp");
			String token = AuthorizationServer.machineToken(deep.resource(), "read:projects");
			assertThat(deep.callTool(token, "whoami").statusCode()).isEqualTo(200);
		}
	}

}
