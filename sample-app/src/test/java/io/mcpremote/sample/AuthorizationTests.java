// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how clients find out where to get tokens, get them, and what these are good
 * for.
 */
class AuthorizationTests extends AbstractSampleTests {

	private static final String REDIRECT_URI = "http://localhost:43210/any/path";

	private static final String PUBLISHED = "{\"client_id\":\"%s\",\"client_name\":\"Published\","
			+ "\"redirect_uris\":[\"http://localhost/any/path\"]}";

	/**
	 * What no token is for unless its client asks.
	 */
	private static final Tokens ELSEWHERE = new Tokens(ORIGIN, "https://other.example.com/mcp");

	@Test
	void endpointWhenNoTokenThenLeadsToAuthorizationServer() {
		HttpResponse<String> response = Http.postJson(ENDPOINT,
				Map.of("jsonrpc", "2.0", "id", 1, "method", "tools/list"));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("scope=\"read:projects\"")
			.contains("resource_metadata=\"" + ORIGIN + "/.well-known/oauth-protected-resource/mcp\"");
		JsonNode resource = Http.json(Http.get(ORIGIN + "/.well-known/oauth-protected-resource/mcp"));
		assertThat(resource.get("resource").asString()).isEqualTo(ENDPOINT);
		assertThat(resource.at("/authorization_servers/0").asString()).isEqualTo(ORIGIN);
		JsonNode server = Http.json(Http.get(ORIGIN + "/.well-known/oauth-authorization-server"));
		assertThat(server.get("issuer").asString()).isEqualTo(ORIGIN);
		assertThat(server.get("token_endpoint").asString()).isEqualTo(ORIGIN + "/oauth2/token");
		assertThat(server.get("jwks_uri").asString()).isEqualTo(ORIGIN + "/oauth2/jwks");
		assertThat(server.get("registration_endpoint").asString()).isEqualTo(ORIGIN + "/oauth2/register");
		assertThat(server.get("client_id_metadata_document_supported").asBoolean()).isTrue();
		assertThat(server.get("code_challenge_methods_supported").toString()).isEqualTo("[\"S256\"]");
		assertThat(server.get("token_endpoint_auth_methods_supported").toString()).contains("\"none\"");
	}

	@Test
	void callWhenScopeMissingThenSaysWhichOne() {
		HttpResponse<String> response = call(TOKENS.agent("read:projects"), "create_project", Map.of("name", "X"));
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
			.contains("error=\"insufficient_scope\"")
			.contains("write:projects");
	}

	@Test
	void callWhenTokenIsForAnotherResourceThenUnauthorized() {
		assertThat(call(ELSEWHERE.agent("read:projects"), "whoami", Map.of()).statusCode()).isEqualTo(401);
	}

	@Test
	void agentWhenItNamesNoResourceThenTokenIsForThisOne() {
		String token = Tokens.accessToken(TOKENS.agentResponse(Map.of("scope", "read:projects")));
		assertThat(text(call(token, "whoami", Map.of()))).contains("demo-agent");
	}

	@Test
	void agentWhenGivenTokenThenItLivesAQuarterOfAnHour() {
		String token = ELSEWHERE.agent("read:projects");
		assertIssued(token, "demo-agent");
		assertThat(Http.claims(token).get("iss").asString()).isEqualTo(ORIGIN);
		assertThat(Http.claims(token).get("tenant").asString()).isEqualTo("acme");
	}

	@Test
	void commandLineWhenGivenTokenThenItIsForTheResourceAndLivesAQuarterOfAnHour() {
		assertIssued(ELSEWHERE.user(new Browser("editor"), "demo-cli", REDIRECT_URI), "demo-cli");
	}

	@Test
	void clientWhenItHasRegisteredThenTokenIsForTheResourceAndLivesAQuarterOfAnHour() {
		String client = Http
			.json(register(Map.of("redirect_uris", List.of(REDIRECT_URI), "token_endpoint_auth_method", "none",
					"grant_types", List.of("authorization_code", "refresh_token"))))
			.get("client_id")
			.asString();
		assertIssued(ELSEWHERE.user(new Browser("editor"), client, REDIRECT_URI), client);
	}

	@Test
	void clientWhenItHasPublishedItsMetadataThenTokenIsForTheResourceAndLivesAQuarterOfAnHour() throws IOException {
		try (PublishedClient client = new PublishedClient(PUBLISHED)) {
			assertIssued(ELSEWHERE.user(new Browser("editor"), client.id(), REDIRECT_URI), client.id());
		}
	}

	@Test
	void commandLineWhenItNamesResourceToTheUserOnlyThenTokenIsForIt() {
		assertIssued(ELSEWHERE.user(new Browser("editor"), "demo-cli", REDIRECT_URI, Map.of()), "demo-cli");
	}

	@Test
	void agentWhenSecretWrongThenUnauthorized() {
		HttpResponse<String> response = Http.post(ORIGIN + "/oauth2/token", Map.of("grant_type", "client_credentials"),
				"Authorization", Http.basic("demo-agent", "guess"));
		assertThat(response.statusCode()).isEqualTo(401);
	}

	@Test
	void viewerWhenClientAsksForAllScopesThenGetsThoseOfTheAccount() {
		Browser browser = new Browser("viewer");
		String token = TOKENS.user(browser, "demo-cli", REDIRECT_URI);
		assertThat(browser.wasAsked()).isFalse();
		assertThat(Http.claims(token).get("scope").toString()).isEqualTo("[\"read:projects\"]");
		assertThat(Http.claims(token).get("tenant").asString()).isEqualTo("globex");
		assertThat(call(token, "create_project", Map.of("name", "X")).statusCode()).isEqualTo(403);
	}

	@Test
	void editorWhenSignedInThenHasAllScopesAndTenant() {
		JsonNode identity = Http.json(text(call(TOKENS.user("editor"), "whoami", Map.of())));
		assertThat(identity.get("subject").asString()).isEqualTo("editor");
		assertThat(identity.get("tenant").asString()).isEqualTo("acme");
		assertThat(identity.get("client").asString()).isEqualTo("demo-cli");
		assertThat(identity.get("scopes")).hasSize(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://[::1]:43210/callback", "http://127.0.0.1:43210/", "http://localhost/any?page=1" })
	void commandLineWhenRedirectIsOnThisMachineThenGetsToken(String uri) {
		assertThat(text(call(TOKENS.user(new Browser("viewer"), "demo-cli", uri), "whoami", Map.of())))
			.contains("viewer");
	}

	@Test
	void commandLineWhenRedirectLeavesThisMachineThenRefused() {
		for (String uri : List.of("https://example.com/callback", "http://localhost.example.com/callback",
				"http://127.0.0.1@example.com/callback", "cursor://callback")) {
			HttpResponse<String> response = Http.get(TOKENS.authorizationUrl("demo-cli", uri, "x".repeat(43)));
			assertThat(response.statusCode()).as(uri).isEqualTo(400);
		}
	}

	@Test
	void commandLineWhenWithoutProofKeyThenRefused() {
		String url = TOKENS.authorizationUrl("demo-cli", REDIRECT_URI, "x".repeat(43))
			.replaceAll("&?code_challenge(_method)?=[^&]*", "");
		assertThat(Http.get(url).headers().firstValue("Location").orElseThrow()).startsWith(REDIRECT_URI)
			.contains("error=invalid_request");
	}

	@Test
	void clientWhenItRegistersThenUserConsentsAndItGetsToken() {
		HttpResponse<String> response = register(Map.of("client_name", "Test", "redirect_uris", List.of(REDIRECT_URI),
				"token_endpoint_auth_method", "none", "grant_types", List.of("authorization_code", "refresh_token"),
				"scope", "read:projects openid"));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
		Browser browser = new Browser("editor");
		String token = TOKENS.user(browser, Http.json(response).get("client_id").asString(),
				REDIRECT_URI.replace("43210", "54321"));
		assertThat(browser.wasAsked()).isTrue();
		assertThat(text(call(token, "whoami", Map.of()))).contains("editor");
	}

	@Test
	void clientWhenItsNameIsMarkupThenUserSeesText() {
		HttpResponse<String> response = register(Map.of("client_name", "<b>Your bank</b>", "redirect_uris",
				List.of(REDIRECT_URI), "token_endpoint_auth_method", "none"));
		Browser browser = new Browser("editor");
		TOKENS.user(browser, Http.json(response).get("client_id").asString(), REDIRECT_URI);
		assertThat(browser.question()).contains("<strong>&lt;b&gt;Your bank&lt;/b&gt;</strong> wants to act for")
			.contains("<strong>editor</strong>")
			.contains("The answer goes to <strong>localhost</strong>.")
			.doesNotContain("http://", "https://");
	}

	@Test
	void clientWhenUserDeniesThenGetsNothing() {
		HttpResponse<String> response = register(
				Map.of("redirect_uris", List.of(REDIRECT_URI), "token_endpoint_auth_method", "none"));
		Browser browser = new Browser("editor", "Deny");
		Map<String, String> answer = browser.open(
				TOKENS.authorizationUrl(Http.json(response).get("client_id").asString(), REDIRECT_URI, "x".repeat(43)),
				REDIRECT_URI);
		assertThat(browser.wasAsked()).isTrue();
		assertThat(answer).containsEntry("error", "access_denied").doesNotContainKey("code");
		assertThat(browser.question()).doesNotContain("onclick", "<script");
	}

	@Test
	void consentWhenNobodyWaitsForItThenSaysWhatToDo() {
		Browser browser = new Browser("editor");
		TOKENS.user(browser, "demo-cli", REDIRECT_URI);
		for (String query : List.of("client_id=demo-cli&state=gone", "client_id=demo-cli", "")) {
			HttpResponse<String> response = browser.get(ORIGIN + "/oauth2/consent?" + query);
			assertThat(response.statusCode()).as(query).isEqualTo(400);
			assertThat(response.body()).contains("sign in again");
		}
	}

	@Test
	void clientWhenItsRegistrationIsUnfitThenRefused() {
		for (String uri : List.of("http://example.com/callback", "javascript:alert(1)", "data:text/html,x",
				REDIRECT_URI + "#fragment")) {
			assertThat(register(Map.of("redirect_uris", List.of(uri))).statusCode()).as(uri).isEqualTo(400);
		}
		assertThat(register(Map.of("client_name", "Nowhere")).statusCode()).isEqualTo(400);
		assertThat(
				register(Map.of("redirect_uris", List.of(REDIRECT_URI), "grant_types", List.of("client_credentials")))
					.statusCode())
			.isEqualTo(400);
	}

	@Test
	void clientWhenItHasPublishedItsMetadataThenGetsToken() throws IOException {
		try (PublishedClient client = new PublishedClient(PUBLISHED)) {
			Browser browser = new Browser("editor");
			String token = TOKENS.user(browser, client.id(), REDIRECT_URI);
			assertThat(browser.wasAsked()).isTrue();
			assertThat(browser.question()).contains("at <strong>" + client.id() + "</strong>");
			assertThat(Http.claims(token).get("client_id").asString()).isEqualTo(client.id());
			assertThat(text(call(token, "whoami", Map.of()))).contains(client.id());
		}
	}

	@Test
	void clientWhenItsMetadataIsUnfitThenUnknown() throws IOException {
		for (String document : List.of(
				"{\"client_id\":\"http://127.0.0.1/other\",\"redirect_uris\":[\"" + REDIRECT_URI + "\"]}",
				"{\"client_id\":\"%s\"}", "{\"client_id\":\"%s\",\"redirect_uris\":[\"http://example.com/\"]}",
				"{\"client_id\":\"%s\",\"redirect_uris\":[\"" + REDIRECT_URI
						+ "\"],\"token_endpoint_auth_method\":\"client_secret_basic\"}",
				"null", "<html>", " ".repeat(20000))) {
			try (PublishedClient client = new PublishedClient(document)) {
				assertThat(Http.get(TOKENS.authorizationUrl(client.id(), REDIRECT_URI, "x".repeat(43))).statusCode())
					.as(document)
					.isEqualTo(400);
			}
		}
	}

	@Test
	void clientWhenItsMetadataIsNotPublicThenNobodyLooks() {
		for (String id : List.of("https://127.0.0.1:1/client.json", "https://169.254.169.254/client.json",
				"http://example.com/client.json", "https://localhost/", "http://localhost:1/a/../b")) {
			assertThat(Http.get(TOKENS.authorizationUrl(id, REDIRECT_URI, "x".repeat(43))).statusCode()).as(id)
				.isEqualTo(400);
		}
	}

	@Test
	void pagesWhenOnThisMachineThenMayRegister() {
		HttpResponse<String> response = Http.postJson(ORIGIN + "/oauth2/register",
				Map.of("redirect_uris", List.of(REDIRECT_URI)), "Origin", "http://localhost:6274");
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("http://localhost:6274");
		assertThat(Http
			.postJson(ORIGIN + "/oauth2/register", Map.of("redirect_uris", List.of(REDIRECT_URI)), "Origin",
					"https://evil.example.com")
			.statusCode()).isEqualTo(403);
	}

	private static void assertIssued(String token, String client) {
		JsonNode claims = Http.claims(token);
		assertThat(claims.get("client_id").asString()).isEqualTo(client);
		assertThat(claims.get("aud").asString()).isEqualTo(ELSEWHERE.resource());
		assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(15 * 60);
	}

	private static HttpResponse<String> register(Map<String, ?> metadata) {
		return Http.postJson(ORIGIN + "/oauth2/register", metadata);
	}

	/**
	 * A client that says at a URL who it is.
	 */
	private static final class PublishedClient implements AutoCloseable {

		private final HttpServer server;

		PublishedClient(String document) throws IOException {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			byte[] body = document.replace("%s", id()).getBytes(StandardCharsets.UTF_8);
			this.server.createContext("/client.json", (exchange) -> {
				exchange.getResponseHeaders().add("Content-Type", "application/json");
				exchange.sendResponseHeaders(200, body.length);
				exchange.getResponseBody().write(body);
				exchange.close();
			});
			this.server.start();
		}

		String id() {
			return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/client.json";
		}

		@Override
		public void close() {
			this.server.stop(0);
		}

	}

}
