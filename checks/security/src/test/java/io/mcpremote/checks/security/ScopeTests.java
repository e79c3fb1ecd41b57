// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callers may use, what they are told they lack, and what they see.
 */
@ExtendWith(Secrets.class)
class ScopeTests {

	private static final int UNKNOWN = -32602;

	private static McpServer server;

	private static McpServer hiding;

	@BeforeAll
	static void start() {
		server = McpServer.start();
		hiding = McpServer.start("mcp.remote.security.denied-tools=hide");
	}

	@AfterAll
	static void stop() {
		server.close();
		hiding.close();
	}

	@Test
	void callWhenScopeIsThereThenServed() {
		String token = token(server, "read:projects");
		assertThat(McpServer.text(server.callTool(token, "list_projects"))).isEqualTo("apollo, gemini");
	}

	@Test
	void callWhenOnlyAHigherScopeIsThereThenServed() {
		String token = token(server, "write:projects");
		assertThat(McpServer.text(server.callTool(token, "list_projects"))).isEqualTo("apollo, gemini");
		assertThat(McpServer.text(server.callTool(token, "rename_project"))).isEqualTo("renamed");
	}

	@Test
	void callWhenOnlyALowerScopeIsThereThenChallenged() {
		assertChallenged(server.callTool(token(server, "read:projects"), "rename_project"), "write:projects");
	}

	@ParameterizedTest
	@ValueSource(strings = { "read:projects", "write:projects", "publish:projects", "admin:projects" })
	void callWhenAScopeIsMissingThenAllAreInOneChallenge(String scope) {
		assertChallenged(server.callTool(token(server, scope), "publish_project"), "write:projects",
				"publish:projects");
	}

	@Test
	void callWhenAllScopesAreThereThenServed() {
		String token = token(server, "write:projects", "publish:projects");
		assertThat(McpServer.text(server.callTool(token, "publish_project"))).isEqualTo("published");
	}

	@Test
	void callOfOlderRevisionWhenScopeIsMissingThenChallengedForThatOfTheTokenAsWell() {
		assertChallenged(server.legacy(token(server, "read:projects"), "tools/call",
				Map.of("name", "rename_project", "arguments", Map.of())), "read:projects", "write:projects");
	}

	@Test
	void callWhenProgressIsWantedAndScopeIsMissingThenChallenged() {
		assertChallenged(
				server.legacy(token(server, "read:projects"), "tools/call",
						Map.of("name", "rename_project", "arguments", Map.of(), "_meta", Map.of("progressToken", 1))),
				"read:projects", "write:projects");
	}

	@Test
	void promptAndResourceWhenScopeIsMissingThenChallenged() {
		String token = token(server, "publish:projects");
		assertChallenged(server.modern(token, "prompts/get", Map.of("name", "review")), "write:projects");
		assertChallenged(server.modern(token, "resources/read", Map.of("uri", "projects://list")), "read:projects");
		String better = token(server, "write:projects");
		assertThat(server.modern(better, "prompts/get", Map.of("name", "review")).statusCode()).isEqualTo(200);
		assertThat(server.modern(better, "resources/read", Map.of("uri", "projects://list")).statusCode())
			.isEqualTo(200);
	}

	@Test
	void callWhenTokenHasNoScopeAtAllThenChallenged() {
		String token = AuthorizationServer.wrongToken(server.resource(), (claims) -> {
		});
		assertThat(server.callTool(token, "whoami").statusCode()).isEqualTo(200);
		assertChallenged(server.callTool(token, "list_projects"), "read:projects");
	}

	@ParameterizedTest
	@CsvSource({ "READ:PROJECTS", "read:project", "read:projects2", "SCOPE_read:projects" })
	void callWhenScopeIsOnlySimilarThenChallenged(String scope) {
		String token = AuthorizationServer.wrongToken(server.resource(), (claims) -> claims.claim("scope", scope));
		assertChallenged(server.callTool(token, "list_projects"), "read:projects");
	}

	@Test
	void callWhenRoleIsMissingThenAsIfThereWereNoSuchTool() {
		assertUnknown(server, token(server, "read:projects", "write:projects"), "audit_projects");
		assertThat(tools(server.modern(token(server, "read:projects"), "tools/list", Map.of())))
			.doesNotContain("audit_projects");
	}

	@Test
	void callWhenHidingAndScopeIsMissingThenAsIfThereWereNoSuchTool() {
		assertUnknown(hiding, token(hiding, "read:projects"), "rename_project");
	}

	@Test
	void listWhenScopesAreMissingThenShowsWhatCouldBeSteppedUpTo() {
		JsonNode list = McpServer.answer(server.modern(token(server, "read:projects"), "tools/list", Map.of()));
		assertThat(tools(list)).containsExactlyInAnyOrder("whoami", "list_projects", "rename_project",
				"publish_project", "delete_project");
		assertThat(list.at("/result/cacheScope").asString()).isEqualTo("private");
	}

	@Test
	void listWhenHidingThenShowsWhatMayBeUsed() {
		JsonNode list = McpServer.answer(hiding.modern(token(hiding, "read:projects"), "tools/list", Map.of()));
		assertThat(tools(list)).containsExactlyInAnyOrder("whoami", "list_projects");
		assertThat(list.at("/result/cacheScope").asString()).isEqualTo("private");
		assertThat(tools(hiding.modern(token(hiding, "write:projects", "publish:projects"), "tools/list", Map.of())))
			.containsExactlyInAnyOrder("whoami", "list_projects", "rename_project", "publish_project",
					"delete_project");
		assertThat(tools(hiding.legacy(token(hiding, "publish:projects"), "tools/list", Map.of())))
			.containsExactlyInAnyOrder("whoami");
	}

	@Test
	void listsOfPromptsAndResourcesWhenHidingThenShowWhatMayBeUsed() {
		String token = token(hiding, "read:projects");
		JsonNode prompts = McpServer.answer(hiding.modern(token, "prompts/list", Map.of()));
		assertThat(prompts.at("/result/prompts")).isEmpty();
		assertThat(prompts.at("/result/cacheScope").asString()).isEqualTo("private");
		JsonNode resources = McpServer.answer(hiding.modern(token, "resources/list", Map.of()));
		assertThat(resources.at("/result/resources")).hasSize(1);
		assertThat(resources.at("/result/cacheScope").asString()).isEqualTo("private");
	}

	@Test
	void metadataWhenToolsNeedMoreScopesThenNamesOnlyThoseToBeginWith() {
		assertThat(Http.get(hiding.metadata()).body()).contains("read:projects")
			.doesNotContain("write:projects", "publish:projects");
		assertThat(Challenge.of(hiding.callTool(null, "publish_project")).scopes()).containsExactly("read:projects");
	}

	@Test
	void callWhenTokenIsMissingThenToolsCannotBeToldFromUnknownOnes() {
		for (McpServer each : List.of(server, hiding)) {
			HttpResponse<String> known = each.callTool(null, "rename_project");
			HttpResponse<String> unknown = each.callTool(null, "no_such_tool");
			assertThat(known.statusCode()).isEqualTo(401);
			assertThat(describe(known, "rename_project")).isEqualTo(describe(unknown, "no_such_tool"));
		}
	}

	private static void assertChallenged(HttpResponse<String> response, String... scopes) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
		Challenge challenge = Challenge.of(response);
		assertThat(challenge.scheme()).isEqualTo("Bearer");
		assertThat(challenge.error()).isEqualTo("insufficient_scope");
		assertThat(challenge.scopes()).containsExactlyInAnyOrder(scopes);
		assertThat(challenge.metadata()).isEqualTo(server.metadata());
		assertThat(Http.json(response).at("/error/code").asInt()).isEqualTo(1403);
		assertThat(Http.json(response).get("id").asInt()).isEqualTo(1);
	}

	private static void assertUnknown(McpServer server, String token, String tool) {
		HttpResponse<String> denied = server.callTool(token, tool);
		assertThat(McpServer.answer(denied).at("/error/code").asInt()).isEqualTo(UNKNOWN);
		assertThat(describe(denied, tool)).isEqualTo(describe(server.callTool(token, "no_such_tool"), "no_such_tool"));
	}

	private static String describe(HttpResponse<String> response, String tool) {
		return (response.statusCode() + response.body() + response.headers().map()).replace(tool, "TOOL")
			.replaceAll("(?i)(date|content-length)=\\[[^\\]]*\\]", "");
	}

	private static List<String> tools(HttpResponse<String> response) {
		return tools(McpServer.answer(response));
	}

	private static List<String> tools(JsonNode list) {
		return list.at("/result/tools").valueStream().map((tool) -> tool.get("name").asString()).toList();
	}

	private static String token(McpServer server, String... scopes) {
		return AuthorizationServer.machineToken(server.resource(), scopes);
	}

}
