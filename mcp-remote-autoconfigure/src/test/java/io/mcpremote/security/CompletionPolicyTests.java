// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpComplete;
import org.springframework.ai.mcp.annotation.McpResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Completions of a template give nothing away of what is protected more than the template
 * is.
 */
class CompletionPolicyTests {

	private static final String TEMPLATE = "area://{area}/{id}";

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = RunningServer.start(List.of("mcp.remote.security.enabled=true",
				"spring.autoconfigure.exclude=io.mcpremote.security.McpRemoteSecurityAutoConfiguration",
				"mcp.remote.resources.[area://{area}/{id}].scopes=use",
				"mcp.remote.resources.[area://secret/**].scopes=admin",
				"mcp.remote.resources.[area://board/**].roles=boss", "mcp.remote.resources.[area://**].scopes=unused",
				"mcp.remote.resources.[site://{id}].access=public", "mcp.remote.resources.[site://inner*].scopes=site"),
				TestAuthentication.class, Areas.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { TEMPLATE, "area://{area}/{other}" })
	void completeWhenPartIsProtectedThenAsksForThatToo(String spelling) {
		String[] user = TestAuthentication.as("SCOPE_use ROLE_boss");
		assertThat(read("area://open/7", user).body()).contains("open 7");
		assertThat(read("area://secret/7", user).statusCode()).isEqualTo(403);
		HttpResponse<String> response = complete(spelling, Map.of("area", "secret"), user);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
		assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).contains("scope=\"use admin\"");
		assertThat(complete(spelling, Map.of(), user).statusCode()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { TEMPLATE, "area://{area}/{other}" })
	void completeWhenCallerMayReadAllOfItThenServed(String spelling) {
		String[] chief = TestAuthentication.as("SCOPE_use SCOPE_admin ROLE_boss");
		assertThat(values(complete(spelling, Map.of("area", "secret"), chief))).containsExactly("secret-1");
	}

	@Test
	void completeWhenRoleIsMissingForAPartThenAsUnknown() {
		HttpResponse<String> response = complete(TEMPLATE, Map.of(), TestAuthentication.as("SCOPE_use SCOPE_admin"));
		HttpResponse<String> unknown = complete("none://{area}/{id}", Map.of(),
				TestAuthentication.as("SCOPE_use SCOPE_admin"));
		assertThat(response.statusCode()).isEqualTo(unknown.statusCode());
		assertThat(response.body()).isEqualTo(unknown.body().replace("none://", "area://"));
	}

	@Test
	void completeWhenPublicButForAPartThenTakesAToken() {
		assertThat(read("site://7").body()).contains("site 7");
		assertThat(complete("site://{id}", Map.of()).statusCode()).isEqualTo(401);
		assertThat(complete("site://{id}", Map.of(), TestAuthentication.as("")).statusCode()).isEqualTo(403);
		assertThat(values(complete("site://{id}", Map.of(), TestAuthentication.as("SCOPE_site"))))
			.containsExactly("inner");
	}

	private static HttpResponse<String> read(String uri, String... headers) {
		return server.post(LegacyClient.message(1, "resources/read", Map.of("uri", uri)), headers);
	}

	private static HttpResponse<String> complete(String template, Map<String, String> known, String... headers) {
		return server.post(
				LegacyClient
					.message(1, "completion/complete",
							Map.of("ref", Map.of("type", "ref/resource", "uri", template), "argument",
									Map.of("name", "id", "value", ""), "context", Map.of("arguments", known))),
				headers);
	}

	private static List<String> values(HttpResponse<String> response) {
		return RunningServer.json(response)
			.at("/result/completion/values")
			.valueStream()
			.map((value) -> value.asString())
			.toList();
	}

	static class Areas {

		@McpResource(uri = TEMPLATE, name = "Area", description = "Parts of which are secret")
		String area(String area, String id) {
			return area + " " + id;
		}

		@McpComplete(uri = TEMPLATE)
		List<String> ids(CompleteRequest request) {
			return List.of(request.context().arguments().get("area") + "-1");
		}

		@McpComplete(uri = "area://{area}/{other}")
		List<String> others(CompleteRequest request) {
			return ids(request);
		}

		@McpResource(uri = "site://{id}", name = "Site", description = "Almost all of which is open")
		String site(String id) {
			return "site " + id;
		}

		@McpComplete(uri = "site://{id}")
		List<String> sites(String text) {
			return List.of("inner");
		}

	}

}
