// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The scenarios that the conformance suite puts clients through, seen from the other
 * side: this server is one that a client which passes them gets along with.
 */
@ExtendWith(Secrets.class)
class ClientTests {

	private static McpServer server;

	private static McpServer withoutBaseScopes;

	@BeforeAll
	static void start() {
		server = McpServer.start();
		withoutBaseScopes = McpServer.start("mcp.remote.security.base-scopes=");
	}

	@AfterAll
	static void stop() {
		server.close();
		withoutBaseScopes.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void metadataWhenEndpointHasAPathThenFound(boolean readsHeader) {
		assertServed(server, readsHeader);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void metadataWhenEndpointIsTheRootThenFound(boolean readsHeader) {
		try (McpServer root = McpServer.start("spring.ai.mcp.server.streamable-http.mcp-endpoint=/")) {
			assertServed(root, readsHeader);
		}
	}

	@Test
	void metadataWhenOnlyTheHeaderSaysWhereThenFound() {
		try (McpServer deep = McpServer.start("server.servlet.context-path=/app")) {
			assertServed(deep, true);
		}
	}

	@Test
	void metadataWhenUserTypedAnotherHostThenClientNoticesTheMismatch() {
		String typed = server.resource().replace("localhost", "127.0.0.1");
		OAuthClient client = new OAuthClient(server, typed, "alice", (scope) -> true, true);
		assertThatExceptionOfType(OAuthClient.ResourceMismatchException.class)
			.isThrownBy(() -> client.callTool("whoami"))
			.withMessage(server.resource());
		assertThat(client.asked()).isEmpty();
	}

	@Test
	void scopesWhenChallengeNamesThemThenAskedFor() {
		OAuthClient client = client(server, (scope) -> true);
		assertThat(McpServer.text(client.callTool("list_projects"))).isEqualTo("apollo, gemini");
		assertThat(client.asked()).containsExactly(Set.of("read:projects"));
	}

	@Test
	void scopesWhenThereAreNoneToBeginWithThenChallengeAndMetadataNameNone() {
		HttpResponse<String> challenged = withoutBaseScopes.callTool(null, "list_projects");
		assertThat(Challenge.of(challenged).parameters()).containsOnlyKeys("resource_metadata");
		assertThat(Http.json(Http.get(withoutBaseScopes.metadata())).has("scopes_supported")).isFalse();
	}

	@Test
	void stepUpWhenUserConsentsThenServed() {
		OAuthClient client = client(server, (scope) -> true);
		assertThat(client.callTool("list_projects").statusCode()).isEqualTo(200);
		assertThat(McpServer.text(client.callTool("rename_project"))).isEqualTo("renamed");
		assertThat(McpServer.text(client.callTool("publish_project"))).isEqualTo("published");
		assertThat(client.asked()).containsExactly(Set.of("read:projects"), Set.of("read:projects", "write:projects"),
				Set.of("read:projects", "write:projects", "publish:projects"));
		// Nothing that was granted before has been lost on the way
		assertThat(McpServer.text(client.callTool("whoami")))
			.isEqualTo("alice [publish:projects, read:projects, write:projects]");
		assertThat(client.asked()).hasSize(3);
	}

	@Test
	void stepUpWhenSeveralScopesAreMissingThenOnceIsEnough() {
		OAuthClient client = client(server, (scope) -> true);
		assertThat(McpServer.text(client.callTool("publish_project"))).isEqualTo("published");
		assertThat(client.asked()).hasSize(2);
	}

	@Test
	void stepUpWhenUserRefusesThenToldTheSameUntilTheClientGivesUp() {
		OAuthClient client = client(server, "read:projects"::equals);
		HttpResponse<String> response = client.callTool("rename_project");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(Challenge.of(response).scopes()).containsExactly("write:projects");
		List<Set<String>> stepUps = client.asked().subList(1, client.asked().size());
		assertThat(stepUps)
			.isEqualTo(Collections.nCopies(OAuthClient.MAX_STEP_UPS, Set.of("read:projects", "write:projects")));
		// And everything else works as before
		assertThat(client.callTool("list_projects").statusCode()).isEqualTo(200);
	}

	@Test
	void stepUpWhenNoScopeHelpsThenNotAskedFor() {
		OAuthClient client = client(server, (scope) -> true);
		assertThat(client.callTool("list_projects").statusCode()).isEqualTo(200);
		assertThat(client.callTool("audit_projects").statusCode()).isNotIn(401, 403);
		assertThat(client.asked()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "list_projects, read:projects", "rename_project, write:projects" })
	void stepUpThenLoggedWithTheScopesAndTheCall(String tool, String scope) {
		int start = Secrets.output().length();
		String token = AuthorizationServer.userToken("bob", withoutBaseScopes.resource(), "admin:projects");
		withoutBaseScopes.callTool(token, tool);
		String better = AuthorizationServer.userToken("bob", withoutBaseScopes.resource(), "admin:projects", scope);
		withoutBaseScopes.callTool(better, tool);
		assertThat(Secrets.output().substring(start).lines())
			.filteredOn((line) -> line.contains(" INFO ") && line.contains(tool) && line.contains(scope))
			.hasSizeGreaterThanOrEqualTo(2);
	}

	private static void assertServed(McpServer server, boolean readsHeader) {
		OAuthClient client = new OAuthClient(server, server.resource(), "alice", (scope) -> true, readsHeader);
		assertThat(McpServer.text(client.callTool("whoami"))).isEqualTo("alice [read:projects]");
		assertThat(client.asked()).hasSize(1);
	}

	private static OAuthClient client(McpServer server, Predicate<String> consents) {
		return new OAuthClient(server, server.resource(), "alice", consents, true);
	}

}
