// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.mcpremote.policy.Access;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpArg;
import org.springframework.ai.mcp.annotation.McpComplete;
import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callers may use, what they see, and what they are told when they may not, over
 * HTTP.
 */
@ExtendWith(OutputCaptureExtension.class)
class AuthorizationTests {

	private static final String ON = "mcp.remote.security.enabled=true";

	private static final String ALONE = "spring.autoconfigure.exclude=io.mcpremote.security.McpRemoteSecurityAutoConfiguration";

	private static final String HIERARCHY = "mcp.remote.security.scope-hierarchy=write > read";

	private static final String HIDE = "mcp.remote.security.denied-tools=hide";

	private static RunningServer server;

	private static RunningServer hiding;

	private static RunningServer closed;

	@BeforeAll
	static void start() {
		server = RunningServer.start(List.of(ON, ALONE, HIERARCHY, "mcp.remote.sessions.enabled=true"),
				TestAuthentication.class, Decisions.class, Tools.class, Targets.class);
		hiding = RunningServer.start(List.of(ON, ALONE, HIDE, "mcp.remote.list.page-size=2"), TestAuthentication.class,
				Tools.class, Targets.class);
		closed = RunningServer.start(List.of(ON, ALONE, "mcp.remote.tools.[open].access=protected",
				"mcp.remote.prompts.open.access=protected", "mcp.remote.resources.[docs://open].access=protected"),
				TestAuthentication.class, Tools.class, Targets.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		hiding.close();
		closed.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "initialize", "ping", "tools/list", "server/discover", "tools/call" })
	void callWhenNothingPublicAndNoTokenThenUnauthenticated(String method) {
		HttpResponse<String> response = ("initialize".equals(method) || "ping".equals(method))
				? closed.post(LegacyClient.message(1, method, Map.of()))
				: closed.modern(ModernRequest.of(method).param("name", "open").header("Mcp-Name", "open"));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(challenge(response))
			.isEqualTo("Bearer scope=\"base\", resource_metadata=\"%s\"".formatted(TestAuthentication.METADATA));
		assertThat(RunningServer.json(response).at("/error/code").asInt()).isEqualTo(1401);
	}

	@Test
	void callWhenPublicAndNoTokenThenServed() {
		assertThat(text(call(server, "open"))).isEqualTo("open");
		assertThat(server.post(LegacyClient.message(1, "ping", Map.of())).statusCode()).isEqualTo(200);
		assertThat(LegacyClient.initialize(server, "2025-11-25", "{}").statusCode()).isEqualTo(200);
		assertThat(server.modern(ModernRequest.of("server/discover")).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "any", "reads", "admins", "both", "forbidden", "no-such-tool" })
	void callWhenProtectedOrUnknownAndNoTokenThenUnauthenticated(String tool) {
		for (RunningServer each : List.of(server, hiding)) {
			HttpResponse<String> response = call(each, tool);
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.body()).doesNotContain("read", "write");
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "any, ''", "reads, SCOPE_read", "reads, SCOPE_write", "admins, ROLE_ADMIN",
			"admins, ROLE_OPS", "both, SCOPE_read SCOPE_export" })
	void callWhenCallerHasWhatItTakesThenServed(String tool, String authorities) {
		assertThat(text(call(server, tool, TestAuthentication.as(authorities)))).isEqualTo(tool);
	}

	@Test
	void callWhenScopeMissingThenAllScopesInOneChallenge() {
		HttpResponse<String> response = call(server, "both", TestAuthentication.as("SCOPE_read"));
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(challenge(response)).isEqualTo("Bearer error=\"insufficient_scope\", scope=\"read export\","
				+ " resource_metadata=\"%s\"".formatted(TestAuthentication.METADATA));
		assertThat(RunningServer.json(response).at("/error/code").asInt()).isEqualTo(1403);
	}

	@Test
	void callWhenLegacyAndScopeMissingThenChallenge() {
		HttpResponse<String> response = legacy("reads", "");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(challenge(response)).contains("scope=\"read\"");
	}

	@Test
	void callWhenLegacyAndScopeMissingThenAsksForThoseOfTheTokenAsWell() {
		assertThat(challenge(legacy("both", "SCOPE_write SCOPE_read SCOPE_offline_access ROLE_OPS")))
			.contains("scope=\"read export write\"");
		HttpResponse<String> response = legacy("both", "SCOPE_read SCOPE_" + "x".repeat(3000));
		assertThat(challenge(response)).contains("scope=\"read export\"");
		assertThat(RunningServer.json(response).at("/error/data/scopes").toString()).isEqualTo("[\"read\",\"export\"]");
	}

	@Test
	void callWhenModernAndScopeMissingThenLeavesThoseOfTheTokenToTheClient() {
		assertThat(challenge(call(server, "both", TestAuthentication.as("SCOPE_write SCOPE_read"))))
			.contains("scope=\"read export\"");
	}

	@ParameterizedTest
	@CsvSource({ "admins, SCOPE_read", "forbidden, SCOPE_read", "undecided, SCOPE_read" })
	void callWhenDeniedForAnotherReasonThenAsUnknown(String tool, String authorities) {
		assertSame(call(server, tool, TestAuthentication.as(authorities)),
				call(server, "no-such-tool", TestAuthentication.as(authorities)), tool);
	}

	@Test
	void callWhenHidingAndScopeMissingThenAsUnknown() {
		assertSame(call(hiding, "reads", TestAuthentication.as("")),
				call(hiding, "no-such-tool", TestAuthentication.as("")), "reads");
	}

	@Test
	void callWhenDecisionThrowsThenLoggedWithCall(CapturedOutput output) {
		call(server, "undecided", TestAuthentication.as(""));
		assertThat(output).containsPattern("Call [0-9a-f]{16}: .* failed to decide about 'undecided'");
	}

	@Test
	void listWhenNoTokenThenWhatATokenWouldOpen() {
		assertThat(names(server, "tools/list", "tools")).containsExactly("open");
		assertThat(names(hiding, "tools/list", "tools")).containsExactly("open");
		try (RunningServer undecided = RunningServer.start(List.of(ON, ALONE), TestAuthentication.class, Tools.class)) {
			assertThat(names(undecided, "tools/list", "tools")).containsExactly("any", "both", "forbidden", "open",
					"reads", "undecided");
		}
	}

	@Test
	void listWhenTokenThenUsableAndAttainable() {
		assertThat(names(server, "tools/list", "tools", TestAuthentication.as(""))).containsExactly("any", "both",
				"open", "reads");
		assertThat(names(server, "tools/list", "tools", TestAuthentication.as("ROLE_ADMIN"))).containsExactly("admins",
				"any", "both", "open", "reads");
	}

	@Test
	void listWhenHidingThenUsableOnlyOnAllPages() {
		assertThat(names(hiding, "tools/list", "tools", TestAuthentication.as("SCOPE_read"))).containsExactly("any",
				"forbidden", "open", "reads", "undecided");
		assertThat(names(hiding, "tools/list", "tools", TestAuthentication.as(""))).containsExactly("any", "forbidden",
				"open", "undecided");
		assertThat(names(hiding, "prompts/list", "prompts")).containsExactly("open");
		assertThat(names(hiding, "resources/list", "resources")).containsExactly("Open");
		assertThat(names(hiding, "resources/templates/list", "resourceTemplates")).isEmpty();
		assertThat(hiding.modern(ModernRequest.of("tools/list")).body()).doesNotContain("nextCursor", "reads", "both");
	}

	@Test
	void promptThenAsItsPolicySays() {
		assertThat(prompt(server, "open").statusCode()).isEqualTo(200);
		assertThat(prompt(server, "secret").statusCode()).isEqualTo(401);
		assertThat(challenge(prompt(server, "secret", TestAuthentication.as("")))).contains("scope=\"prompts\"");
		assertThat(RunningServer.json(prompt(server, "secret", TestAuthentication.as("SCOPE_prompts"))).has("result"))
			.isTrue();
		assertSame(prompt(hiding, "secret", TestAuthentication.as("")),
				prompt(hiding, "no-such-prompt", TestAuthentication.as("")), "secret");
	}

	@Test
	void resourceThenAsItsPolicySays() {
		assertThat(read(server, "docs://open").statusCode()).isEqualTo(200);
		assertThat(read(server, "docs://secret/7").statusCode()).isEqualTo(401);
		assertThat(challenge(read(server, "docs://secret/7", TestAuthentication.as("")))).contains("scope=\"docs\"");
		assertThat(
				RunningServer.json(read(server, "docs://secret/7", TestAuthentication.as("SCOPE_docs"))).has("result"))
			.isTrue();
		assertSame(read(hiding, "docs://secret/7", TestAuthentication.as("")),
				read(hiding, "docs://no-such/7", TestAuthentication.as("")), "docs://secret/7");
	}

	@Test
	void subscribeAndListenThenAsThePolicySays() {
		String[] alice = TestAuthentication.as("");
		String[] reader = TestAuthentication.as("SCOPE_docs");
		Map<String, ?> uri = Map.of("uri", "docs://secret/7");
		assertThat(
				LegacyClient.begin(server, "2025-11-25", "{}", alice).call(1, "resources/subscribe", uri).statusCode())
			.isEqualTo(403);
		assertThat(
				LegacyClient.begin(server, "2025-11-25", "{}", reader).call(1, "resources/subscribe", uri).statusCode())
			.isEqualTo(200);
		ModernRequest listen = ModernRequest.of("subscriptions/listen")
			.param("notifications", Map.of("resourceSubscriptions", List.of("docs://open", "docs://secret/7")));
		assertThat(modern(server, listen, alice).statusCode()).isEqualTo(403);
		assertThat(modern(server, listen).statusCode()).isEqualTo(401);
	}

	@Test
	void completionThenAsItsTargetsPolicySays() {
		assertThat(complete(server, Map.of("type", "ref/prompt", "name", "secret")).statusCode()).isEqualTo(401);
		assertThat(complete(server, Map.of("type", "ref/prompt", "name", "secret"), TestAuthentication.as(""))
			.statusCode()).isEqualTo(403);
		assertThat(RunningServer
			.json(complete(server, Map.of("type", "ref/prompt", "name", "secret"),
					TestAuthentication.as("SCOPE_prompts")))
			.at("/result/completion/values/0")
			.asString()).isEqualTo("rope");
		assertSame(complete(hiding, Map.of("type", "ref/prompt", "name", "secret"), TestAuthentication.as("")),
				complete(hiding, Map.of("type", "ref/prompt", "name", "none"), TestAuthentication.as("")), "secret",
				"none");
		assertThat(
				complete(server, Map.of("type", "ref/resource", "uri", "docs://secret/{id}"), TestAuthentication.as(""))
					.statusCode())
			.isEqualTo(403);
	}

	@Test
	void cacheScopeWhenListIsTheSameForAllThenPublic() {
		assertThat(cacheScope(server, "tools/list")).isEqualTo("private");
		assertThat(cacheScope(server, "server/discover")).isEqualTo("public");
		assertThat(cacheScope(closed, "server/discover")).isEqualTo("private");
		try (RunningServer open = RunningServer.start(List.of(ON, ALONE, "mcp.remote.tool-defaults.access=public"),
				TestAuthentication.class, Plain.class)) {
			assertThat(cacheScope(open, "tools/list")).isEqualTo("public");
		}
		try (RunningServer unguarded = RunningServer.start(List.of("mcp.remote.tool-defaults.access=public"),
				Plain.class)) {
			assertThat(cacheScope(unguarded, "tools/list")).isEqualTo("private");
			assertThat(cacheScope(unguarded, "server/discover")).isEqualTo("private");
		}
	}

	@Test
	void addToolWhenPolicyRequiredAndMissingThenHiddenAndLoggedOnce(CapturedOutput output) {
		try (RunningServer strict = RunningServer.start(
				List.of(ON, ALONE, "mcp.remote.require-policy=true", "mcp.remote.tools.plain.scopes=plain"),
				TestAuthentication.class, Plain.class)) {
			strict.context()
				.getBean(McpSyncServer.class)
				.addTool(SyncToolSpecification.builder()
					.tool(Tool.builder("added", Map.of("type", "object")).build())
					.callHandler((exchange, request) -> CallToolResult.builder().addTextContent("added").build())
					.build());
			assertSame(call(strict, "added", TestAuthentication.as("")),
					call(strict, "none", TestAuthentication.as("")), "added", "none");
			assertThat(names(strict, "tools/list", "tools", TestAuthentication.as(""))).containsExactly("plain");
		}
		assertThat(output.getAll().split("The tool 'added' is hidden", -1)).hasSize(2);
	}

	@Test
	void elevationThenLoggedWithCalls(CapturedOutput output) {
		String[] before = { "Test-User", "zoe" };
		String[] after = { "Test-User", "zoe", TestAuthentication.AUTHORITIES, "SCOPE_read" };
		assertThat(call(server, "reads", before).statusCode()).isEqualTo(403);
		assertThat(call(server, "reads", before).statusCode()).isEqualTo(403);
		assertThat(call(server, "reads", after).statusCode()).isEqualTo(200);
		assertThat(call(server, "reads", after).statusCode()).isEqualTo(200);
		assertThat(output.getAll().lines().filter((line) -> line.contains("by zoe"))).hasSize(2)
			.satisfiesExactly(
					(line) -> assertThat(line).containsPattern("Call [0-9a-f]{16}: asked for scopes \\[read\\]"),
					(line) -> assertThat(line).containsPattern("Call [0-9a-f]{16}: granted with scopes \\[read\\]"));
	}

	@Test
	void elevationWhenUrisAreLongThenLoggedOnceAndShort(CapturedOutput output) {
		String[] caller = { "Test-User", "yann" };
		for (int i = 0; i < 3; i++) {
			String uri = "docs://secret/" + i + "x".repeat(500_000);
			assertThat(server.post(LegacyClient.message(1, "resources/read", Map.of("uri", uri)), caller).statusCode())
				.isEqualTo(403);
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("by yann"))).singleElement()
			.asString()
			.contains("of 'docs://secret/{id}'")
			.hasSizeLessThan(1000);
	}

	private static String cacheScope(RunningServer server, String method) {
		HttpResponse<String> response = modern(server, ModernRequest.of(method), TestAuthentication.as(""));
		return RunningServer.json(response).at("/result/cacheScope").asString();
	}

	private static void assertSame(HttpResponse<String> denied, HttpResponse<String> unknown, String... names) {
		assertThat(denied.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(200);
		assertThat(denied.headers().map().keySet()).isEqualTo(unknown.headers().map().keySet());
		assertThat(denied.headers().firstValue("WWW-Authenticate")).isEmpty();
		String expected = unknown.body();
		for (String other : List.of("no-such-tool", "no-such-prompt", "docs://no-such/7", "none")) {
			expected = expected.replace("\"" + other + "\"", "\"" + names[0] + "\"")
				.replace(": " + other + "\"", ": " + names[0] + "\"");
		}
		assertThat(denied.body()).isEqualTo(expected);
		assertThat(RunningServer.json(denied).at("/error/code").asInt()).isEqualTo(-32602);
	}

	private static HttpResponse<String> call(RunningServer server, String tool, String... headers) {
		return modern(server, ModernRequest.callTool(tool, Map.of()), headers);
	}

	private static HttpResponse<String> legacy(String tool, String authorities) {
		return server.post(LegacyClient.message(1, "tools/call", Map.of("name", tool, "arguments", Map.of())),
				TestAuthentication.as(authorities));
	}

	private static HttpResponse<String> prompt(RunningServer server, String name, String... headers) {
		return modern(server, ModernRequest.of("prompts/get").param("name", name).header("Mcp-Name", name), headers);
	}

	private static HttpResponse<String> read(RunningServer server, String uri, String... headers) {
		return modern(server, ModernRequest.of("resources/read").param("uri", uri).header("Mcp-Name", uri), headers);
	}

	private static HttpResponse<String> complete(RunningServer server, Map<String, ?> ref, String... headers) {
		return modern(server, ModernRequest.of("completion/complete")
			.param("ref", ref)
			.param("argument", Map.of("name", ("ref/prompt".equals(ref.get("type"))) ? "product" : "id", "value", "")),
				headers);
	}

	private static HttpResponse<String> modern(RunningServer server, ModernRequest request, String... headers) {
		return server.post(request.body(),
				Stream.concat(Arrays.stream(request.headers()), Arrays.stream(headers)).toArray(String[]::new));
	}

	private static List<String> names(RunningServer server, String method, String member, String... headers) {
		List<String> names = new ArrayList<>();
		String cursor = "";
		while (cursor != null) {
			JsonNode result = RunningServer
				.json(modern(server, ModernRequest.of(method).param("cursor", cursor), headers))
				.get("result");
			result.get(member).forEach((entry) -> names.add(entry.get("name").asString()));
			cursor = (result.has("nextCursor")) ? result.get("nextCursor").asString() : null;
		}
		return names;
	}

	private static String text(HttpResponse<String> response) {
		return RunningServer.json(response).at("/result/content/0/text").asString();
	}

	private static String challenge(HttpResponse<String> response) {
		return response.headers().firstValue("WWW-Authenticate").orElse("none");
	}

	static class Plain {

		@McpTool(name = "plain", description = "Asks for nothing")
		String plain() {
			return "plain";
		}

	}

	static class Tools {

		@McpTool(name = "open", description = "For everybody")
		@ToolPolicy(access = Access.PUBLIC)
		String open() {
			return "open";
		}

		@McpTool(name = "any", description = "For everybody with a token")
		String any() {
			return "any";
		}

		@McpTool(name = "reads", description = "For those who look")
		@ToolPolicy(scopes = "read")
		String reads() {
			return "reads";
		}

		@McpTool(name = "both", description = "For those who take away")
		@ToolPolicy(scopes = { "read", "export" })
		String both() {
			return "both";
		}

		@McpTool(name = "admins", description = "For a few")
		@ToolPolicy(roles = { "ADMIN", "OPS" })
		String admins() {
			return "admins";
		}

		@McpTool(name = "forbidden", description = "For nobody")
		String forbidden() {
			return "forbidden";
		}

		@McpTool(name = "undecided", description = "For nobody either")
		String undecided() {
			return "undecided";
		}

	}

	static class Targets {

		@McpPrompt(name = "open", description = "For everybody")
		@ToolPolicy(access = Access.PUBLIC)
		String open() {
			return "open";
		}

		@McpPrompt(name = "secret", description = "For some")
		@ToolPolicy(scopes = "prompts")
		String secret(@McpArg(name = "product", description = "What for") String product) {
			return "secret";
		}

		@McpComplete(prompt = "secret")
		List<String> products(String text) {
			return List.of("rope");
		}

		@McpResource(uri = "docs://open", name = "Open", description = "For everybody")
		@ToolPolicy(access = Access.PUBLIC)
		String openDocs() {
			return "open";
		}

		@McpResource(uri = "docs://secret/{id}", name = "Secret", description = "For some")
		@ToolPolicy(scopes = "docs")
		String secretDocs(String id) {
			return "secret " + id;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Decisions {

		@Bean
		AccessDecision forbids() {
			return (caller, kind, name) -> !"forbidden".equals(name);
		}

		@Bean
		AccessDecision fails() {
			return (caller, kind, name) -> {
				if ("undecided".equals(name)) {
					throw new IllegalStateException("The database is away");
				}
				return true;
			};
		}

	}

}
