// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallGuard;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.policy.CacheScope;
import io.mcpremote.policy.ToolPolicy;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.LegacyClient;
import io.mcpremote.test.LiveExchange;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.context.McpSyncRequestContext;
import org.springframework.web.filter.RequestContextFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Results that are remembered, seen by clients.
 */
class CacheServerTests {

	private static TestIssuer issuer;

	private static RunningServer server;

	@BeforeAll
	static void start() {
		issuer = new TestIssuer();
		List<String> properties = new ArrayList<>(issuer.properties());
		properties.addAll(List.of("mcp.remote.sessions.enabled=true", "mcp.remote.tools.public.access=public",
				"mcp.remote.tool-defaults.cache.time-to-live=1m", "mcp.remote.stream.long-call-after=50ms",
				"mcp.remote.stream.call-heartbeat=50ms"));
		server = RunningServer.secured(properties, Tools.class, Counting.class, Bounding.class,
				RequestContextFilter.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		issuer.close();
	}

	@Test
	void callWhenRepeatedThenSameAnswer() {
		String token = issuer.token(server.resource(), "timed");
		String first = call(token, "structured", Map.of("about", "x"));
		assertThat(first).contains("\"count\":1");
		assertThat(call(token, "structured", Map.of("about", "x"))).isEqualTo(first);
		assertThat(call(token, "structured", Map.of("about", "y"))).contains("\"count\":2");
	}

	@Test
	void callWhenScopesOfTokenDifferThenTheirOwn() {
		String plain = issuer.token(server.resource(), "same user");
		String more = issuer.token(server.resource(), "same user", "more");
		List<String> counts = List.of(count(plain, "mine"), count(more, "mine"), count(plain, "mine"),
				count(more, "mine"));
		assertThat(counts.subList(2, 4)).isEqualTo(counts.subList(0, 2)).doesNotHaveDuplicates();
	}

	@Test
	void callWhenLegacyAndModernThenSameResult() {
		String token = issuer.token(server.resource(), "both eras");
		String modern = count(token, "eras");
		HttpResponse<String> legacy = server.post(
				LegacyClient.message(1, "tools/call", Map.of("name", "eras", "arguments", Map.of())), "Authorization",
				"Bearer " + token);
		assertThat(RunningServer.text(RunningServer.json(legacy))).isEqualTo(modern);
		assertThat(legacy.body()).doesNotContain("resultType");
	}

	@Test
	void callWhenPublicThenSharedByEverybody() {
		String anonymous = RunningServer
			.text(RunningServer.json(server.modern(ModernRequest.callTool("public", Map.of()))));
		assertThat(count(issuer.token(server.resource(), "somebody"), "public")).isEqualTo(anonymous);
	}

	@Test
	void callWhenAcceptedLanguageDiffersThenItsOwn() {
		String token = issuer.token(server.resource(), "polyglot");
		List<String> answers = List.of("de", "fr", "de").stream().map((language) -> {
			ModernRequest request = ModernRequest.callTool("mine", Map.of())
				.header("Authorization", "Bearer " + token)
				.header("Accept-Language", language);
			return RunningServer.text(RunningServer.json(server.modern(request)));
		}).toList();
		assertThat(answers.get(2)).isEqualTo(answers.get(0)).isNotEqualTo(answers.get(1));
	}

	@Test
	void callWhenToolWritesThenNextReadSeesIt() {
		String reader = issuer.token(server.resource(), "reader");
		String writer = issuer.token(server.resource(), "writer");
		assertThat(count(reader, "projects")).isEqualTo(count(reader, "projects"));
		String before = count(reader, "projects");
		count(writer, "create");
		assertThat(count(reader, "projects")).isNotEqualTo(before);
	}

	@Test
	void callWhenErrorThenNotRemembered() {
		String token = issuer.token(server.resource(), "unlucky");
		assertThat(call(token, "fails", Map.of())).contains("failure 1");
		assertThat(call(token, "fails", Map.of())).contains("failure 2");
	}

	@Test
	void callWhenToolIsAddedLaterThenOnlyIfItReads() {
		McpSyncServer sdk = server.context().getBean(McpSyncServer.class);
		AtomicInteger runs = new AtomicInteger();
		for (boolean readOnly : new boolean[] { true, false }) {
			String name = (readOnly) ? "added_reads" : "added_writes";
			sdk.addTool(new SyncToolSpecification(
					Tool.builder(name, Map.of("type", "object"))
						.annotations(ToolAnnotations.builder().readOnlyHint(readOnly).build())
						.build(),
					(exchange,
							request) -> CallToolResult.builder().addTextContent("" + runs.incrementAndGet()).build()));
		}
		String token = issuer.token(server.resource(), "late");
		assertThat(count(token, "added_reads")).isEqualTo(count(token, "added_reads"));
		assertThat(count(token, "added_writes")).isNotEqualTo(count(token, "added_writes"));
	}

	@Test
	void callWhenClientIsAskedThenAskedEachTime() {
		String token = issuer.token(server.resource(), "asked");
		for (int i = 0; i < 2; i++) {
			ModernRequest first = ModernRequest.callTool("asks", Map.of())
				.capabilities(Map.of("elicitation", Map.of()))
				.header("Authorization", "Bearer " + token);
			String state = RunningServer.json(server.modern(first)).at("/result/requestState").asString();
			assertThat(state).isNotEmpty();
			ModernRequest second = first.param("requestState", state)
				.param("inputResponses",
						Map.of("elicitation/create-1", Map.of("action", "accept", "content", Map.of())));
			assertThat(RunningServer.text(RunningServer.json(server.modern(second)))).isEqualTo("ACCEPT");
		}
	}

	@Test
	void callWhenLeaderHangsUpThenOthersGetAnswer() {
		String token = issuer.token(server.resource(), "busy");
		Gate gate = Gate.of("hang up");
		LiveExchange leader = slow(token, "hang up");
		Eventually.until("the tool runs", gate.started);
		LiveExchange follower = slow(token, "hang up");
		// Whoever waits gets signs of life
		follower.awaitComment();
		leader.abort();
		Eventually.until("the tool is interrupted", gate.interrupted);
		gate.release.countDown();
		assertThat(RunningServer.text(follower.response())).isEqualTo("done 2");
		follower.close();
	}

	@Test
	void callWhenFollowerHangsUpThenItsThreadIsFree() {
		String token = issuer.token(server.resource(), "busy too");
		Gate gate = Gate.of("follower");
		LiveExchange leader = slow(token, "follower");
		Eventually.until("the tool runs", gate.started);
		LiveExchange follower = slow(token, "follower");
		follower.awaitComment();
		int before = server.context().getBean(Counting.class).ended.get();
		follower.abort();
		Eventually.until("the one that waited has ended",
				() -> server.context().getBean(Counting.class).ended.get() > before);
		gate.release.countDown();
		assertThat(RunningServer.text(leader.response())).isEqualTo("done 1");
		leader.close();
	}

	@Test
	void callWhenManyClientsAtOnceThenToolRunsOnce() {
		String token = issuer.token(server.resource(), "crowd");
		Gate gate = Gate.of("crowd");
		LiveExchange leader = slow(token, "crowd");
		Eventually.until("the tool runs", gate.started);
		List<LiveExchange> followers = IntStream.range(0, 20).mapToObj((i) -> slow(token, "crowd")).toList();
		followers.forEach(LiveExchange::awaitComment);
		gate.release.countDown();
		assertThat(RunningServer.text(leader.response())).isEqualTo("done 1");
		assertThat(followers)
			.allSatisfy((follower) -> assertThat(RunningServer.text(follower.response())).isEqualTo("done 1"));
		assertThat(gate.runs).hasValue(1);
		leader.close();
		followers.forEach(LiveExchange::close);
	}

	@Test
	void callWhenTimeOfLeaderIsOverThenAllAreTold() {
		String token = issuer.token(server.resource(), "late");
		Gate gate = Gate.of("late");
		LiveExchange leader = slow(token, "late");
		Eventually.until("the call is under way", gate.started);
		LiveExchange follower = slow(token, "late");
		follower.awaitComment();
		gate.bound.countDown();
		assertThat(RunningServer.text(leader.response())).isEqualTo("Out of time");
		assertThat(RunningServer.text(follower.response())).isEqualTo("Out of time");
		Eventually.until("the tool is interrupted", gate.interrupted);
		assertThat(gate.runs).hasValue(1);
		leader.close();
		follower.close();
	}

	private static LiveExchange slow(String token, String gate) {
		return LiveExchange.open(server,
				ModernRequest.callTool("slow", Map.of("gate", gate)).header("Authorization", "Bearer " + token));
	}

	private static String count(String token, String tool) {
		return RunningServer.text(RunningServer.json(call(token, tool, Map.of())));
	}

	private static String call(String token, String tool, Map<String, ?> arguments) {
		return server.modern(ModernRequest.callTool(tool, arguments).header("Authorization", "Bearer " + token)).body();
	}

	/**
	 * Bounds the time of a call when a test says so.
	 */
	static class Bounding implements CallGuard {

		@Override
		public CallStage stage() {
			// Within the deadline that every call has
			return CallStage.OUTPUT;
		}

		@Override
		public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
			if (!"late".equals(call.arguments().get("gate"))) {
				return next.proceed(call, context);
			}
			Gate gate = Gate.of("late");
			gate.started.countDown();
			Eventually.until("the time begins", gate.bound);
			CallContext.Deadline deadline = context.deadline(Duration.ofMillis(20),
					() -> new Failure(FailureKind.DEADLINE, "Out of time", null));
			try {
				return next.proceed(call, context);
			}
			finally {
				deadline.end();
			}
		}

	}

	/**
	 * Counts calls that have come to their end.
	 */
	static class Counting implements CallGuard {

		final AtomicInteger ended = new AtomicInteger();

		@Override
		public CallStage stage() {
			return CallStage.OBSERVE;
		}

		@Override
		public CallOutcome guard(McpCall call, CallContext context, CallChain next) {
			try {
				return next.proceed(call, context);
			}
			finally {
				this.ended.incrementAndGet();
			}
		}

	}

	/**
	 * What a test and a tool know of each other.
	 */
	static final class Gate {

		private static final Map<String, Gate> ALL = new ConcurrentHashMap<>();

		final CountDownLatch started = new CountDownLatch(1);

		final CountDownLatch bound = new CountDownLatch(1);

		final CountDownLatch interrupted = new CountDownLatch(1);

		final CountDownLatch release = new CountDownLatch(1);

		final AtomicInteger runs = new AtomicInteger();

		static Gate of(String name) {
			return ALL.computeIfAbsent(name, (key) -> new Gate());
		}

	}

	static class Tools {

		private final AtomicInteger structured = new AtomicInteger();

		private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

		@McpTool(name = "structured", description = "Reads", generateOutputSchema = true,
				annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false))
		@ToolPolicy(cache = @ToolPolicy.Cache(timeToLive = "30s"))
		Structured structured(String about) {
			return new Structured(about, this.structured.incrementAndGet());
		}

		@McpTool(name = "mine", description = "Reads",
				annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false))
		String mine() {
			return next("mine");
		}

		@McpTool(name = "eras", description = "Reads",
				annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false))
		String eras() {
			return next("eras");
		}

		@McpTool(name = "public", description = "Reads",
				annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false))
		@ToolPolicy(cache = @ToolPolicy.Cache(scope = CacheScope.SHARED))
		String everybody() {
			return next("public");
		}

		@McpTool(name = "projects", description = "Reads",
				annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false))
		String projects() {
			return next("projects");
		}

		@McpTool(name = "create", description = "Writes")
		@ToolPolicy(invalidates = "projects")
		String create() {
			return next("create");
		}

		@McpTool(name = "fails", description = "Reads",
				annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false))
		CallToolResult fails() {
			return CallToolResult.builder().addTextContent("failure " + next("fails")).isError(true).build();
		}

		@McpTool(name = "asks", description = "Reads",
				annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false))
		String asks(McpSyncRequestContext context) {
			return String.valueOf(context.elicit((spec) -> spec.message("Sure?"), Map.class).action());
		}

		@McpTool(name = "slow", description = "Reads",
				annotations = @McpTool.McpAnnotations(readOnlyHint = true, destructiveHint = false))
		String slow(String gate) throws InterruptedException {
			Gate found = Gate.of(gate);
			int run = found.runs.incrementAndGet();
			found.started.countDown();
			try {
				found.release.await();
			}
			catch (InterruptedException ex) {
				found.interrupted.countDown();
				throw ex;
			}
			return "done " + run;
		}

		private String next(String name) {
			return Integer.toString(this.counts.computeIfAbsent(name, (key) -> new AtomicInteger()).incrementAndGet());
		}

		record Structured(String about, int count) {

		}

	}

}
