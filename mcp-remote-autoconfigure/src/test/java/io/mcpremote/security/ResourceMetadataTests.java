// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the metadata of the endpoint is, and that requests do not change what it says.
 */
class ResourceMetadataTests {

	private static final String ISSUER = "https://auth.example.com";

	private static final String KEYS = "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + ISSUER;

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			-                               | -    | /mcp   | /.well-known/oauth-protected-resource/mcp
			https://mcp.example.com/mcp     | -    | /mcp   | /.well-known/oauth-protected-resource/mcp
			https://MCP.Example.com/mcp/    | -    | /mcp   | /.well-known/oauth-protected-resource/mcp
			https://example.com/a/b         | -    | /mcp   | /.well-known/oauth-protected-resource/a/b
			https://example.com             | -    | /      | /.well-known/oauth-protected-resource
			https://example.com/app/mcp     | /app | /mcp   | /app/.well-known/oauth-protected-resource/mcp
			https://example.com/application/mcp | /app | /mcp | /.well-known/oauth-protected-resource/application/mcp
			https://example.com/app         | /app | /      | /app/.well-known/oauth-protected-resource
			-                               | -    | mcp    | /.well-known/oauth-protected-resource/mcp
			https://example.com:8443/mcp    | -    | /mcp   | /.well-known/oauth-protected-resource/mcp
			""")
	void documentThenWhereTheChallengeSays(String publicUrl, String contextPath, String endpoint, String path) {
		List<String> properties = new ArrayList<>(List.of(KEYS, "mcp.remote.security.base-scopes=read,list",
				"spring.ai.mcp.server.streamable-http.mcp-endpoint=" + endpoint));
		if (publicUrl != null) {
			properties.add("mcp.remote.public-url=" + publicUrl);
		}
		if (contextPath != null) {
			properties.add("server.servlet.context-path=" + contextPath);
		}
		try (RunningServer server = RunningServer.secured(properties)) {
			String resource = (publicUrl != null) ? publicUrl.toLowerCase().replaceFirst("/$", "") : server.resource();
			String context = (contextPath != null) ? contextPath : "";
			HttpResponse<String> challenged = get(server, context + ((endpoint.startsWith("/")) ? "" : "/") + endpoint,
					"POST");
			assertThat(challenged.statusCode()).isEqualTo(401);
			String origin = URI.create(resource).resolve("/").toString().replaceFirst("/$", "");
			assertThat(challenged.headers().firstValue("WWW-Authenticate"))
				.hasValue("Bearer scope=\"read list\", resource_metadata=\"" + origin + path + "\"");
			// A proxy takes away or adds what the container does not have
			HttpResponse<String> response = get(server, (path.startsWith(context)) ? path : context + path, "GET");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
			assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
			JsonNode document = RunningServer.json(response);
			assertThat(document.toString()).isEqualTo("{\"resource\":\"" + resource + "\",\"authorization_servers\":[\""
					+ ISSUER + "\"],\"scopes_supported\":[\"read\",\"list\"],\"bearer_methods_supported\":[\"header\"],"
					+ "\"dpop_signing_alg_values_supported\":[\"ES256\",\"PS256\",\"RS256\"]}");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/",
			"/.well-known/oauth-protected-resource/mcp/", "/.well-known/oauth-protected-resource/other",
			"/.well-known/oauth-protected-resource/mcp/../mcp2", "/.well-known/oauth-authorization-server" })
	void documentWhenAnotherPathThenNotFound(String path) {
		try (RunningServer server = RunningServer.secured(List.of(KEYS))) {
			assertThat(get(server, path, "GET").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void documentWhenHeadersNameAnotherHostThenTheSame() {
		try (RunningServer server = RunningServer.secured(List.of(KEYS, "server.forward-headers-strategy=framework"))) {
			String expected = get(server, "/.well-known/oauth-protected-resource/mcp", "GET").body();
			HttpResponse<String> forwarded = server
				.send(HttpRequest.newBuilder(server.uri().resolve("/.well-known/oauth-protected-resource/mcp"))
					.header("X-Forwarded-Host", "evil.example")
					.header("X-Forwarded-Proto", "https")
					.header("Forwarded", "host=evil.example;proto=https")
					.build());
			assertThat(forwarded.body()).isEqualTo(expected);
			HttpResponse<String> challenged = server
				.send(server.request("{}").header("X-Forwarded-Host", "evil.example").build());
			assertThat(challenged.headers().toString()).doesNotContain("evil");
		}
	}

	@Test
	void preflightThenAllowed() {
		try (RunningServer server = RunningServer.secured(List.of(KEYS))) {
			HttpResponse<String> response = get(server, "/.well-known/oauth-protected-resource/mcp", "OPTIONS");
			assertThat(response.statusCode()).isEqualTo(204);
			assertThat(response.headers().firstValue("Access-Control-Allow-Methods")).hasValue("GET, HEAD");
			assertThat(get(server, "/.well-known/oauth-protected-resource/mcp", "POST").statusCode()).isEqualTo(405);
		}
	}

	private static HttpResponse<String> get(RunningServer server, String path, String method) {
		return server.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build());
	}

}
