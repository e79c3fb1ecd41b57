// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.call.ToolException;
import io.mcpremote.policy.CacheScope;
import io.mcpremote.policy.Deprecation;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import io.mcpremote.test.UsedSecrets;
import io.mcpremote.test.UsedSecrets.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpArg;
import org.springframework.ai.mcp.annotation.McpPrompt;
import org.springframework.ai.mcp.annotation.McpResource;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What calls leave on record, whatever becomes of them.
 */
class AuditServerTests {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final String CONFIRM = "io.mcpremote/confirm";

	private static TestIssuer issuer;

	private static RunningServer server;

	private static RecordingSink sink;

	private static String token;

	@BeforeAll
	static void start() {
		issuer = new TestIssuer();
		List<String> properties = new ArrayList<>(issuer.properties());
		properties.addAll(List.of("mcp.remote.sessions.enabled=true", "mcp.remote.tools.slow.timeout=300ms",
				"mcp.remote.rate-limit.enabled=true", "mcp.remote.rate-limit.user=1000/1m",
				"mcp.remote.rate-limit.session=1000/1m", "mcp.remote.output.max-size=10KB",
				"mcp.remote.audit.redact=nickname", "mcp.remote.security.tenant-claim=org"));
		server = RunningServer.secured(properties, Tools.class, RecordingSink.class);
		sink = server.context().getBean(RecordingSink.class);
		token = issuer.token(server.resource(), "ann", (claims) -> claims.claim("scope", "base").claim("org", "acme"));
	}

	@AfterEach
	void release() {
		Tools.release();
	}

	@AfterAll
	static void stop() {
		server.close();
		issuer.close();
	}

	@Test
	void callThenEverythingIsOnRecord() {
		AuditEvent event = only(ModernRequest.callTool("greet", Map.of("name", "Bob", "nickname", "Bobby"))
			.rawMeta("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01"));
		assertThat(event.actor().subject()).isEqualTo("ann");
		assertThat(event.actor().issuer()).isEqualTo(issuer.uri());
		assertThat(event.actor().clientId()).isEqualTo("test-client");
		assertThat(event.actor().tenant()).isEqualTo("acme");
		assertThat(event.actor().address()).isEqualTo("127.0.0.1");
		assertThat(event.client().claimedName()).isEqualTo("test-client");
		assertThat(event.client().era()).isEqualTo("modern");
		assertThat(event.client().protocol()).isEqualTo("2026-07-28");
		assertThat(event.client().session()).isNull();
		assertThat(event.action().method()).isEqualTo("tools/call");
		assertThat(event.action().target()).isEqualTo("greet");
		assertThat(event.action().version()).isEqualTo("1.2.3");
		assertThat(event.action().arguments()).contains("\"name\":\"Bob\"", "\"nickname\":\"******\"");
		assertThat(event.action().traceId()).isEqualTo(TRACE);
		assertThat(event.ending().outcome()).isEqualTo("ok");
		assertThat(event.ending().stage()).isEqualTo("target");
		assertThat(event.ending().reason()).isNull();
		assertThat(event.ending().duration()).isPositive();
		assertThat(event.ending().size()).isEqualTo("hello Bob".length());
		assertThat(event.ending().cached()).isFalse();
	}

	@Test
	void callWhenArgumentsAreChangedByTheToolThenRecordedAsCalled() {
		assertThat(only(ModernRequest.callTool("changing", Map.of("list", List.of("a")))).action().arguments())
			.isEqualTo("{\"list\":[\"a\"]}");
	}

	@Test
	void callWhenArgumentsAreSecretThenMasked() {
		AuditEvent event = only(ModernRequest.callTool("login", Map.of("password", secret("password"), "note",
				secret("note"), "profile", Map.of("maiden", secret("maiden-name"), "city", "Bonn"))));
		assertThat(event.action().arguments()).doesNotContain("hunter2")
			.contains("\"city\":\"Bonn\"", "\"note\":\"******\"");
	}

	@Test
	void callWhenItFailsThenWhyAndWhere() {
		assertEnding(ModernRequest.callTool("failing", Map.of()), "failed", "target", "failed");
		assertThat(last("failing").ending().error()).isEqualTo(IllegalStateException.class.getName());
		assertEnding(ModernRequest.callTool("telling", Map.of()), "error", "target", "told");
		assertEnding(ModernRequest.callTool("large", Map.of()), "failed", "output", "output_too_large");
		assertEnding(ModernRequest.callTool("slow", Map.of("mark", "failing")), "expired", "deadline", "deadline");
	}

	@Test
	void callWhenItsTimeIsOverThenRecordedOnce() {
		call(ModernRequest.callTool("slow", Map.of("mark", "once")));
		Eventually.until("it is on record", () -> !marked("once").isEmpty());
		Tools.release();
		only(ModernRequest.callTool("greet", Map.of("name", "after")));
		assertThat(marked("once")).hasSize(1);
	}

	@Test
	void callWhenRefusedThenWhyAndWhere() {
		assertEnding(ModernRequest.callTool("scoped", Map.of()), "refused", "authorize", "insufficient_scope");
		assertEnding(ModernRequest.callTool("nowhere", Map.of("password", secret("password"))), "refused", "authorize",
				"unknown_target");
		assertThat(last("nowhere").action().arguments()).isEqualTo("{\"password\":\"******\"}");
		assertEnding(ModernRequest.callTool("removed", Map.of()), "refused", "sunset", "removed");
		assertEnding(ModernRequest.callTool("greet", Map.of()), "refused", "validate", "invalid_arguments");
		assertEnding(ModernRequest.callTool("rare", Map.of()), "ok", "target", null);
		assertEnding(ModernRequest.callTool("rare", Map.of()), "refused", "tool_limit", "limited");
		assertEnding(ModernRequest.callTool("confirmed", Map.of()), "refused", "confirm", "not_confirmed");
		assertThat(last("confirmed").ending().confirmation()).isEqualTo("cannot_ask");
	}

	@Test
	void callWhenScopeIsMissingThenElevationIsOnRecord() {
		AuditEvent call = only(ModernRequest.callTool("elevated", Map.of())
			.rawMeta("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01"));
		AuditEvent elevation = sink.events(Type.SCOPE_ELEVATION)
			.stream()
			.filter((event) -> "elevated".equals(event.action().target()))
			.findFirst()
			.orElseThrow();
		assertThat(elevation.details()).containsEntry("step", "asked")
			.containsEntry("scopes", "much")
			.containsEntry("call", call.id());
		assertThat(elevation.client()).isEqualTo(call.client());
		assertThat(elevation.client().claimedName()).isEqualTo("test-client");
		assertThat(elevation.action().traceId()).isEqualTo(TRACE);
	}

	@Test
	void callWhenToolIsDeprecatedThenWhoStillCallsIt() {
		AuditEvent event = only(ModernRequest.callTool("old", Map.of()));
		assertThat(event.ending().outcome()).isEqualTo("ok");
		assertThat(event.actor().subject()).isEqualTo("ann");
		assertThat(event.details()).containsEntry("deprecated", "true");
		assertThat(only(ModernRequest.callTool("removed", Map.of())).details()).containsEntry("deprecated", "true");
		assertThat(only(ModernRequest.callTool("greet", Map.of("name", "new"))).details()).isEmpty();
	}

	@Test
	void callWhenRememberedThenCached() {
		assertThat(only(ModernRequest.callTool("remembered", Map.of())).ending().cached()).isFalse();
		AuditEvent event = only(ModernRequest.callTool("remembered", Map.of()));
		assertThat(event.ending().cached()).isTrue();
		assertThat(event.ending().stage()).isEqualTo("cache");
		assertThat(event.ending().outcome()).isEqualTo("ok");
	}

	@Test
	void callWhenMadeBeforeThenCached() {
		ModernRequest call = ModernRequest.callTool("once", Map.of());
		assertThat(only(call).ending().cached()).isFalse();
		AuditEvent event = only(call);
		assertThat(event.ending().cached()).isTrue();
		assertThat(event.ending().stage()).isEqualTo("idempotency");
	}

	@Test
	void callWhenConfirmedThenEachRoundIsOnRecord() {
		ModernRequest call = ModernRequest.callTool("confirmed", Map.of("mark", "rounds"))
			.capabilities(Map.of("elicitation", Map.of()));
		JsonNode asked = RunningServer.json(call(call));
		call(call.param("requestState", asked.at("/result/requestState").asString())
			.param("inputResponses", Map.of(CONFIRM, Map.of("action", "accept", "content", Map.of("confirm", true)))));
		Eventually.until("both are on record", () -> marked("rounds").size() == 2);
		assertThat(marked("rounds").get(0).ending().outcome()).isEqualTo("input_required");
		assertThat(marked("rounds").get(1).ending().outcome()).isEqualTo("ok");
		assertThat(marked("rounds").get(1).ending().confirmation()).isEqualTo("confirmed");
	}

	@Test
	void callWhenNoToolThenOnRecordAsWell() {
		AuditEvent list = only(ModernRequest.of("tools/list"));
		assertThat(list.action().target()).isNull();
		assertThat(list.action().arguments()).isNull();
		AuditEvent prompt = only(ModernRequest.of("prompts/get")
			.param("name", "ask")
			.param("arguments", Map.of("about", "x", "apiKey", secret("api-key")))
			.header("Mcp-Name", "ask"));
		assertThat(prompt.action().arguments()).contains("\"about\":\"x\"").doesNotContain("hunter2");
		assertThat(prompt.ending().size()).isEqualTo("about x".length());
		String uri = "note://ann:" + secret("user-info") + "@host/a?b=c&token=" + secret("query");
		AuditEvent resource = only(ModernRequest.of("resources/read").param("uri", uri).header("Mcp-Name", uri));
		assertThat(resource.action().target()).isEqualTo("note://******@host/a?b=c&token=******");
		assertThat(resource.ending().outcome()).isEqualTo("refused");
	}

	@Test
	void requestWhenTokenIsBadThenFailureIsOnRecord() {
		settle();
		int before = sink.events(Type.AUTHENTICATION_FAILURE).size();
		String expired = issuer.token(server.resource(), "ann",
				(claims) -> claims.issueTime(Date.from(Instant.now().minusSeconds(7200)))
					.expirationTime(Date.from(Instant.now().minusSeconds(3600))));
		assertThat(post(ModernRequest.of("tools/list"), expired).statusCode()).isEqualTo(401);
		assertThat(server.modern(ModernRequest.of("tools/list")).statusCode()).isEqualTo(401);
		assertThat(server
			.send(HttpRequest.newBuilder(server.uri()).method("OPTIONS", HttpRequest.BodyPublishers.noBody()).build())
			.statusCode()).isLessThan(500);
		List<AuditEvent> failures = sink.await(Type.AUTHENTICATION_FAILURE, before + 2).subList(before, before + 2);
		assertThat(failures).extracting((event) -> event.ending().reason()).containsExactly("expired", "missing");
		assertThat(failures).allSatisfy((event) -> assertThat(event.actor().address()).isEqualTo("127.0.0.1"));
		only(ModernRequest.callTool("greet", Map.of("name", "after")));
		assertThat(sink.events(Type.AUTHENTICATION_FAILURE)).hasSize(before + 2);
		assertThat(sink.events(Type.REFUSED_REQUEST))
			.noneMatch((event) -> "unauthenticated".equals(event.ending().reason()));
	}

	@Test
	void requestWhenRefusedBeforeItIsACallThenOnRecord() {
		assertRefusedRequest(server.post("{", "Authorization", "Bearer " + token), "not_json", null);
		assertRefusedRequest(call(ModernRequest.of("no/such")), "method_not_found", "no/such");
		assertRefusedRequest(call(ModernRequest.of("tools/list").header("Mcp-Method", "other")), "header_mismatch",
				"tools/list");
		assertRefusedRequest(server.send(HttpRequest.newBuilder(server.uri())
			.header("Authorization", "Bearer " + token)
			.PUT(HttpRequest.BodyPublishers.noBody())
			.build()), "method_not_allowed", null);
	}

	@Test
	void sessionThenBeginningEndAndCallsHaveItsName() {
		LegacyClient client = LegacyClient.begin(server, "2025-11-25", "{}", "Authorization", "Bearer " + token);
		client.tool(1, "greet", Map.of("name", "in session"));
		client.delete();
		String name = SessionNames.of(client.sessionId());
		Eventually.until("the end is on record", () -> of(Type.SESSION_ENDED, name).size() == 1);
		assertThat(name).hasSize(12).doesNotContain(client.sessionId().substring(0, 12));
		AuditEvent started = of(Type.SESSION_STARTED, name).get(0);
		assertThat(started.actor().subject()).isEqualTo("ann");
		assertThat(started.client().claimedName()).isEqualTo("test-client");
		assertThat(started.client().protocol()).isEqualTo("2025-11-25");
		assertThat(of(Type.CALL, name)).hasSize(1).first().satisfies((event) -> {
			assertThat(event.client().era()).isEqualTo("legacy");
			assertThat(event.client().claimedName()).isEqualTo("test-client");
		});
		AuditEvent ended = of(Type.SESSION_ENDED, name).get(0);
		assertThat(ended.actor().subject()).isEqualTo("ann");
		assertThat(ended.details()).containsEntry("reason", "deleted");
	}

	@Test
	void batchThenEachOfItIsOnRecord() {
		server
			.post("""
					[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"greet","arguments":{"name":"batch"}}},
					{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"greet","arguments":{"name":"batch"}}}]""",
					"Authorization", "Bearer " + token);
		Eventually.until("both are on record", () -> marked("batch").size() == 2);
		assertThat(marked("batch")).allSatisfy((event) -> assertThat(event.ending().outcome()).isEqualTo("ok"));
	}

	@Test
	void everythingThenNoSecretIsOnRecord() {
		call(ModernRequest.callTool("login", Map.of("password", secret("password"), "text", "Bearer " + token)));
		only(ModernRequest.callTool("greet", Map.of("name", "after")));
		assertThat(sink.events()).allSatisfy((event) -> assertThat(AuditEventJson.write(event)).doesNotContain(token));
	}

	private static String secret(String of) {
		return UsedSecrets.add(Kind.ARGUMENT, "hunter2-of-the-" + of);
	}

	private static void assertRefusedRequest(HttpResponse<String> response, String reason, String method) {
		assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
		Eventually.until(reason + " is on record",
				() -> sink.events(Type.REFUSED_REQUEST)
					.stream()
					.anyMatch((event) -> reason.equals(event.ending().reason())));
		AuditEvent refused = sink.events(Type.REFUSED_REQUEST)
			.stream()
			.filter((event) -> reason.equals(event.ending().reason()))
			.findFirst()
			.orElseThrow();
		assertThat((refused.action() != null) ? refused.action().method() : null).isEqualTo(method);
		assertThat(refused.actor().subject()).isEqualTo("ann");
	}

	private static void assertEnding(ModernRequest request, String outcome, String stage, String reason) {
		AuditEvent event = only(request);
		assertThat(event.ending().outcome()).as(event.toString()).isEqualTo(outcome);
		assertThat(event.ending().stage()).as(event.toString()).isEqualTo(stage);
		assertThat(event.ending().reason()).as(event.toString()).isEqualTo(reason);
	}

	/**
	 * Make a call and return the one event that comes of it.
	 */
	private static AuditEvent only(ModernRequest request) {
		settle();
		int before = sink.events(Type.CALL).size();
		call(request);
		return sink.await(Type.CALL, before + 1).get(before);
	}

	/**
	 * Wait until everything so far is on record.
	 */
	private static void settle() {
		AuditTrail trail = server.context().getBean(AuditTrail.class);
		Eventually.until("nothing waits to be written",
				() -> trail.states().stream().allMatch((state) -> state.waiting() == 0));
	}

	private static AuditEvent last(String target) {
		List<AuditEvent> all = sink.events(Type.CALL)
			.stream()
			.filter((event) -> target.equals(event.action().target()))
			.toList();
		return all.get(all.size() - 1);
	}

	private static List<AuditEvent> marked(String mark) {
		return sink.events(Type.CALL)
			.stream()
			.filter((event) -> event.action().arguments() != null
					&& event.action().arguments().contains("\"" + mark + "\""))
			.toList();
	}

	private static List<AuditEvent> of(Type type, String session) {
		return sink.events(type).stream().filter((event) -> session.equals(event.client().session())).toList();
	}

	private static HttpResponse<String> call(ModernRequest request) {
		return post(request, token);
	}

	private static HttpResponse<String> post(ModernRequest request, String bearer) {
		return server.modern(request.header("Authorization", "Bearer " + bearer));
	}

	static class Tools {

		private static final Map<String, CountDownLatch> SLOW = new ConcurrentHashMap<>();

		static void release() {
			SLOW.values().forEach(CountDownLatch::countDown);
		}

		@McpTool(description = "Greets")
		String greet(String name, @McpToolParam(required = false) String nickname) {
			return "hello " + name;
		}

		@McpTool(description = "Changes what it is given")
		String changing(List<Object> list) {
			list.clear();
			return "changed";
		}

		@McpTool(description = "Takes secrets")
		@ToolPolicy(sensitive = { "note", "profile.maiden" })
		String login(@McpToolParam(required = false) String password, @McpToolParam(required = false) String note,
				@McpToolParam(required = false) Map<String, Object> profile,
				@McpToolParam(required = false) String text) {
			return "in";
		}

		@McpTool(description = "Fails")
		String failing() {
			throw new IllegalStateException("hunter2");
		}

		@McpTool(description = "Says that it fails")
		String telling() {
			throw new ToolException("Not today");
		}

		@McpTool(description = "Gives too much")
		String large() {
			return "x".repeat(20_000);
		}

		@McpTool(description = "Takes too long")
		String slow(String mark) {
			Eventually.until("released", SLOW.computeIfAbsent(mark, (fresh) -> new CountDownLatch(1)));
			return "done";
		}

		@McpTool(description = "Takes a scope")
		@ToolPolicy(scopes = "more")
		String scoped() {
			return "in";
		}

		@McpTool(description = "Takes another scope")
		@ToolPolicy(scopes = "much")
		String elevated() {
			return "in";
		}

		@McpTool(description = "Should not be used any more")
		@ToolPolicy(deprecated = @Deprecation(since = "1"))
		String old() {
			return "done";
		}

		@McpTool(description = "Is there no longer")
		@ToolPolicy(deprecated = @Deprecation(since = "1", removal = "2020-01-01"))
		String removed() {
			return "in";
		}

		@McpTool(description = "Can be called once")
		@ToolPolicy(rateLimit = "1/1h")
		String rare() {
			return "in";
		}

		@McpTool(description = "Asks")
		@ToolPolicy(confirm = "Sure?")
		String confirmed(@McpToolParam(required = false) String mark) {
			return "in";
		}

		@McpTool(description = "Is remembered", annotations = @McpTool.McpAnnotations(readOnlyHint = true))
		@ToolPolicy(cache = @ToolPolicy.Cache(scope = CacheScope.USER))
		String remembered() {
			return "in";
		}

		@McpTool(description = "Is done once")
		@ToolPolicy(idempotent = true)
		String once() {
			return "in";
		}

		@McpPrompt(name = "ask", description = "Asks about something")
		String ask(@McpArg(name = "about") String about, @McpArg(name = "apiKey") String apiKey) {
			return "about " + about;
		}

		@McpResource(uri = "note://a", name = "note", description = "A note")
		String note() {
			return "note";
		}

	}

}
