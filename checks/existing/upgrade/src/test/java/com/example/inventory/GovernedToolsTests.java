// SPDX-License-Identifier: Apache-2.0

package com.example.inventory;

import java.net.http.HttpResponse;
import java.util.List;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerTransportProviderBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.function.RouterFunction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the tools of the application now that the starter serves them.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "mcp.remote.tools.stock_level.rate-limit=3/1h",
				"mcp.remote.tools.count_everything.timeout=200ms", "mcp.remote.tools.remove_item.scopes=write:stock" })
@ExtendWith(OutputCaptureExtension.class)
class GovernedToolsTests {

	private static final Issuer ISSUER = new Issuer();

	private static final String ANVIL = "{\"sku\":\"A-1\"}";

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void issuer(DynamicPropertyRegistry registry) {
		registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::uri);
	}

	@Test
	void callWhenWithoutTokenThenChallengeAndNoLogin() {
		for (HttpResponse<String> response : List.of(client(null).initialize(), client(null).call("stock_level", ANVIL),
				client(null).modernCall("stock_level", ANVIL), http().get("/mcp"), http().page("/mcp"))) {
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(Http.header(response, "WWW-Authenticate")).startsWith("Bearer")
				.contains("http://localhost:" + this.port + "/.well-known/oauth-protected-resource/mcp");
			assertThat(response.headers().map()).doesNotContainKeys("location", "set-cookie");
			assertThat(Http.header(response, "Content-Type")).isEqualTo("application/json");
		}
		assertThat(http().get("/.well-known/oauth-protected-resource/mcp").body()).contains(ISSUER.uri());
	}

	@Test
	void callWhenOnlySignedInThenChallenge() {
		Http browser = http();
		assertThat(browser.signIn("manager", "office").statusCode()).isEqualTo(302);
		assertThat(browser.page("/stock.html").statusCode()).isEqualTo(200);
		assertThat(new Mcp(browser, "/mcp", null).call("stock_level", ANVIL).statusCode()).isEqualTo(401);
	}

	@Test
	void pageWhenThereIsATokenThenStillToLogin() {
		String token = "Bearer " + token("page", "write:stock");
		for (String path : List.of("/stock.html", "/api/items", "/actuator/metrics", "/nothing")) {
			HttpResponse<String> response = http().get(path, "Authorization", token);
			assertThat(response.statusCode()).as(path).isEqualTo(302);
			assertThat(Http.header(response, "Location")).endsWith("/login");
			assertThat(response.headers().map()).doesNotContainKey("www-authenticate");
		}
	}

	@Test
	void urlsBelowTheEndpointThenStillTheApplications() {
		assertThat(http().page("/mcp/help").body()).contains("There is no such shelf");
		assertThat(http().page("/mcpx").statusCode()).isEqualTo(302);
	}

	@Test
	void initializeThenAnsweredWithoutSessionAsConfigured() {
		HttpResponse<String> response = client("legacy").initialize();
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().map()).doesNotContainKey("mcp-session-id");
		assertDescribed(json(response).get("result"), json(response).at("/result/serverInfo"));
		assertThat(json(response).at("/result/protocolVersion").asString()).isEqualTo("2025-11-25");
		assertThat(client("legacy").call("stock_level", ANVIL).body()).contains("A-1: 4");
		assertThat(client("legacy").call("find_item", ANVIL).body()).contains("Anvil");
	}

	@Test
	void discoverThenAnsweredAsConfigured() {
		HttpResponse<String> response = client("modern").modern("server/discover", "");
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertDescribed(json(response).get("result"),
				json(response).get("result").get("_meta").get("io.modelcontextprotocol/serverInfo"));
		assertThat(client("modern").modern("tools/list", "").body()).contains("stock_level", "find_item",
				"count_everything");
		JsonNode found = json(client("modern").modernCall("find_item", ANVIL)).get("result");
		assertThat(found.get("resultType").asString()).isEqualTo("complete");
		assertThat(found.at("/structuredContent/displayName").asString()).isEqualTo("Anvil");
		assertThat(client("modern").modern("prompts/get", "\"name\":\"reorder\",", "Mcp-Name", "reorder").body())
			.contains("What should be ordered?");
		assertThat(client("modern")
			.modern("resources/read", "\"uri\":\"inventory://items\",", "Mcp-Name", "inventory://items")
			.body()).contains("Anvil");
	}

	@Test
	void streamWhenAskedForThenThereAreNoSessions() {
		HttpResponse<String> response = http().get("/mcp", "Authorization", "Bearer " + token("stream"));
		assertThat(response.statusCode()).isEqualTo(405);
	}

	@Test
	void callWhenOftenThenLimited(CapturedOutput output) {
		for (int i = 0; i < 3; i++) {
			assertThat(client("often").call("stock_level", ANVIL).statusCode()).isEqualTo(200);
		}
		HttpResponse<String> response = client("often").call("stock_level", ANVIL);
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(Http.header(response, "Retry-After")).isNotEmpty();
		assertThat(client("seldom").call("stock_level", ANVIL).statusCode()).isEqualTo(200);
		await().untilAsserted(() -> assertThat(audited(output, "often")).hasSize(4)
			.allSatisfy((record) -> assertThat(record.at("/action/target").asString()).isEqualTo("stock_level"))
			.extracting((record) -> record.at("/ending/outcome").asString())
			.containsExactly("ok", "ok", "ok", "refused"));
	}

	@Test
	void callWhenItNeverEndsThenIsEnded() {
		JsonNode result = json(client("patient").call("count_everything", "{}")).get("result");
		assertThat(result.get("isError").asBoolean()).isTrue();
		assertThat(result.at("/content/0/text").asString()).contains("took longer than 200 ms");
	}

	@Test
	void callWhenScopeIsMissingThenForbidden() {
		HttpResponse<String> response = client("reader").call("remove_item", ANVIL);
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(Http.header(response, "WWW-Authenticate")).contains("insufficient_scope", "write:stock");
	}

	@Test
	void callWhenApplicationRefusesThenIsErrorAndSaysNothingOfIt() {
		// A scope is no role, and the service below the tool asks for one
		HttpResponse<String> response = client("writer", "write:stock").call("remove_item", ANVIL);
		assertThat(json(response).at("/result/isError").asBoolean()).as(response.body()).isTrue();
		assertThat(response.body()).doesNotContain("Access Denied", "Exception");
		assertThat(client("writer").call("find_item", "{\"sku\":\"none\"}").body()).contains("\"isError\":true")
			.doesNotContain("There is no item", "Exception");
	}

	@Test
	void beansThenThereIsOneTransportAndNoneOfSpringAi(@Autowired ApplicationContext context) {
		assertThat(context.getBeansOfType(McpServerTransportProviderBase.class).values()).singleElement()
			.satisfies((provider) -> assertThat(provider.getClass().getName()).startsWith("io.mcpremote."));
		assertThat(context.getBeansOfType(RouterFunction.class)).isEmpty();
	}

	@Test
	void sdkThenOneThatAnswersUnknownMethods() {
		assertThat(McpSchema.class.getProtectionDomain().getCodeSource().getLocation().getPath())
			.contains("mcp-core-2.1.0");
		assertThat(json(client("curious").modern("tools/nothing", "")).at("/error/code").asInt()).isEqualTo(-32601);
	}

	private static void assertDescribed(JsonNode result, JsonNode server) {
		assertThat(server.get("name").asString()).isEqualTo("stock-desk");
		assertThat(server.get("version").asString()).isEqualTo("3.4.0");
		assertThat(result.get("instructions").asString()).startsWith("Stock of the warehouse.");
		assertThat(result.get("capabilities").propertyNames()).contains("tools", "prompts", "resources")
			.doesNotContain("completions");
	}

	private static List<JsonNode> audited(CapturedOutput output, String subject) {
		return output.getOut()
			.lines()
			.filter((line) -> line.contains("mcp.remote.audit") && line.contains("\"" + subject + "\""))
			.map((line) -> JsonMapper.shared().readTree(line.substring(line.indexOf('{'))))
			.toList();
	}

	private Mcp client(String subject, String... scopes) {
		return new Mcp(http(), "/mcp", (subject != null) ? token(subject, scopes) : null);
	}

	private String token(String subject, String... scopes) {
		return ISSUER.token("http://localhost:" + this.port + "/mcp", subject, scopes);
	}

	private Http http() {
		return Http.local(this.port);
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

}
