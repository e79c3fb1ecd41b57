// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.mcpremote.call.CallChain;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.Caller;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.InputRequest;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.ResultSnapshot;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.mcpremote.call.ToolCatalog;
import io.mcpremote.policy.TestPolicies;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.MutableClock;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.security.access.prepost.PreAuthorize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of which call, for whom, and until when.
 */
class CacheGuardTests {

	private final MutableClock clock = new MutableClock();

	private final Map<String, Tool> catalog = new HashMap<>();

	private final AtomicInteger runs = new AtomicInteger();

	private ResultStore store = new InMemoryResultStore(1_000_000, 100_000, this.clock);

	private CacheGuard guard;

	@BeforeEach
	void tools() {
		for (String name : List.of("list", "everybody", "mine", "plain", "secured")) {
			this.catalog.put(name, tool(name, true));
		}
		for (String name : List.of("save", "forced", "both")) {
			this.catalog.put(name, tool(name, false));
		}
		this.guard = guard();
	}

	@Test
	void callWhenRememberedThenNotRun() {
		TestContext first = new TestContext();
		assertThat(TestResults.text(call("list", first))).isEqualTo("result 1");
		TestContext second = new TestContext();
		assertThat(TestResults.text(call("list", second))).isEqualTo("result 1");
		assertThat(this.runs).hasValue(1);
		assertThat(first.attributes()).isEmpty();
		assertThat(second.attribute("cache.hit")).isEqualTo(true);
		this.clock.advance(Duration.ofSeconds(30));
		assertThat(TestResults.text(call("list", new TestContext()))).isEqualTo("result 2");
	}

	@Test
	void callWhenNotAskedForThenNotRemembered() {
		call("plain", new TestContext());
		call("plain", new TestContext());
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void callWhenNoToolThenNotRemembered() {
		McpCall read = new McpCall("c-1", Revision.V2025_11_25, "resources/read", "list", Map.of(), TestCalls.ALICE,
				null, null, TraceContext.NONE, Instant.EPOCH);
		this.guard.guard(read, new TestContext(), this::run);
		this.guard.guard(read, new TestContext(), this::run);
		call("unknown", new TestContext());
		call("unknown", new TestContext());
		assertThat(this.runs).hasValue(4);
	}

	@Test
	void callWhenOtherCallerThenTheirOwn() {
		call("list", new TestContext());
		this.guard.guard(call("list", TestCalls.BOB, Map.of()), new TestContext(), this::run);
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void callWhenAnonymousThenOnlyWhatIsShared() {
		Caller anonymous = Caller.anonymous("192.0.2.1");
		for (int i = 0; i < 2; i++) {
			this.guard.guard(call("list", anonymous, Map.of()), new TestContext(), this::run);
			this.guard.guard(call("mine", anonymous, Map.of()), new TestContext(), this::run);
		}
		assertThat(this.runs).hasValue(4);
		this.guard.guard(call("everybody", anonymous, Map.of()), new TestContext(), this::run);
		this.guard.guard(call("everybody", Caller.anonymous("198.51.100.1"), Map.of()), new TestContext(), this::run);
		call("everybody", new TestContext());
		assertThat(this.runs).hasValue(5);
	}

	@Test
	void callWhenToolIsNotReadOnlyThenOnlyIfForced() {
		call("both", new TestContext());
		call("both", new TestContext());
		assertThat(this.runs).as("a tool of which only defaults speak").hasValue(2);
		call("forced", new TestContext());
		call("forced", new TestContext());
		assertThat(this.runs).hasValue(3);
	}

	@Test
	void callWhenMethodIsSecuredThenNotRemembered() {
		call("secured", new TestContext());
		call("secured", new TestContext());
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void callWhenToolHasBeenReplacedThenAnew() {
		call("list", new TestContext());
		this.catalog.put("list", tool("list", true));
		call("list", new TestContext());
		assertThat(this.runs).hasValue(2);
		this.catalog.put("list", tool("list", false));
		call("list", new TestContext());
		call("list", new TestContext());
		assertThat(this.runs).as("one that writes").hasValue(4);
	}

	@ParameterizedTest
	@MethodSource
	void callWhenOutcomeIsNoSuccessThenNotRemembered(CallOutcome outcome) {
		for (int i = 1; i <= 2; i++) {
			assertThat(this.guard.guard(call("list"), new TestContext(), answering(outcome))).isEqualTo(outcome);
			assertThat(this.runs).hasValue(i);
		}
	}

	static Stream<CallOutcome> callWhenOutcomeIsNoSuccessThenNotRemembered() {
		return Stream.of(TestResults.error("no"), new Failure(FailureKind.FAILED, "", null),
				new Failure(FailureKind.DEADLINE, "", null), Refusals.invalidParams("x"),
				new InputRequired(Map.of(), "state"), new Result("no result of a tool"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "requestState", "inputResponses" })
	void callWhenItGoesOnThenNeitherTakenNorRemembered(String param) {
		McpCall further = call("list", TestCalls.ALICE, Map.of(param, Map.of()));
		call("list", new TestContext());
		this.guard.guard(further, new TestContext(), this::run);
		this.guard.guard(further, new TestContext(), this::run);
		assertThat(this.runs).hasValue(3);
	}

	@Test
	void callWhenPersonWasAskedThenNotRemembered() {
		for (int i = 1; i <= 2; i++) {
			this.guard.guard(call("list"), new TestContext().answering((key, request) -> Map.of()), (call, context) -> {
				context.ask("sure", new InputRequest("elicitation/create", Map.of()));
				return run(call, context);
			});
			assertThat(this.runs).hasValue(i);
		}
	}

	@Test
	void callWhenTakenBackOrTooLateThenNotRemembered() {
		TestContext cancelled = new TestContext();
		this.guard.guard(call("list"), cancelled, (call, context) -> {
			cancelled.cancel();
			return run(call, context);
		});
		TestContext late = new TestContext();
		this.guard.guard(call("list"), late, (call, context) -> {
			late.expire(new Failure(FailureKind.DEADLINE, "", null));
			return run(call, context);
		});
		call("list", new TestContext());
		assertThat(this.runs).hasValue(3);
	}

	@Test
	void callWhenOtherToolWritesThenForgotten() {
		call("list", new TestContext());
		call("save", new TestContext());
		assertThat(TestResults.text(call("list", new TestContext()))).isEqualTo("result 3");
	}

	@Test
	void callWhenWritingFailsThenForgottenToo() {
		call("list", new TestContext());
		this.guard.guard(call("save"), new TestContext(), answering(new Failure(FailureKind.FAILED, "", null)));
		assertThat(TestResults.text(call("list", new TestContext()))).isEqualTo("result 3");
	}

	@Test
	void callWhenTimeOfWritingIsOverThenForgottenAtOnceAndAtItsEnd() {
		List<String> seen = new ArrayList<>();
		TestContext stuck = new TestContext();
		call("list", new TestContext());
		this.guard.guard(call("save"), stuck, (call, context) -> {
			stuck.expire(new Failure(FailureKind.DEADLINE, "", null));
			seen.add(TestResults.text(call("list", new TestContext())));
			return run(call, context);
		});
		seen.add(TestResults.text(call("list", new TestContext())));
		assertThat(seen).containsExactly("result 2", "result 4");
	}

	@Test
	void callWhenReadingBeganBeforeWritingEndedThenNotRemembered() {
		CallOutcome read = this.guard.guard(call("list"), new TestContext(), (call, context) -> {
			CallOutcome stale = run(call, context);
			call("save", new TestContext());
			return stale;
		});
		assertThat(TestResults.text(read)).isEqualTo("result 1");
		assertThat(TestResults.text(call("list", new TestContext()))).isEqualTo("result 3");
	}

	@Test
	void callWhenReadingBeginsAfterWritingThenDoesNotWaitForStaleOne() {
		CountDownLatch began = new CountDownLatch(1);
		CountDownLatch mayEnd = new CountDownLatch(1);
		CompletableFuture<CallOutcome> stale = CompletableFuture
			.supplyAsync(() -> this.guard.guard(call("list"), new TestContext(), (call, context) -> {
				CallOutcome result = run(call, context);
				began.countDown();
				Eventually.until("the test goes on", mayEnd);
				return result;
			}));
		Eventually.until("the first one runs", began);
		call("save", new TestContext());
		assertThat(TestResults.text(call("list", new TestContext()))).isEqualTo("result 3");
		mayEnd.countDown();
		assertThat(TestResults.text(stale.join())).isEqualTo("result 1");
		assertThat(TestResults.text(call("list", new TestContext()))).isEqualTo("result 3");
	}

	@Test
	void callWhenApplicationForgetsThenAnew() {
		ResultCache cache = new ResultCache(this.store);
		call("list", new TestContext());
		cache.invalidateTool("list");
		call("list", new TestContext());
		cache.invalidateUser(TestCalls.ALICE.issuer(), "alice");
		call("list", new TestContext());
		cache.clear();
		call("list", new TestContext());
		assertThat(this.runs).hasValue(4);
		cache.invalidateTool("save");
		cache.invalidateUser(TestCalls.BOB.issuer(), "bob");
		call("list", new TestContext());
		assertThat(this.runs).hasValue(4);
	}

	@Test
	void callWhenManyAtOnceThenRunOnceAndLeadersEndDoesNotMatter() {
		CountDownLatch began = new CountDownLatch(1);
		CountDownLatch mayEnd = new CountDownLatch(1);
		TestContext gone = new TestContext();
		CompletableFuture<CallOutcome> leader = async(gone, (call, context) -> {
			began.countDown();
			Eventually.until("the test goes on", mayEnd);
			gone.cancel();
			return new Failure(FailureKind.CANCELLED, "", null);
		});
		Eventually.until("the first one runs", began);
		List<TestContext> contexts = Stream.generate(TestContext::new).limit(63).toList();
		List<CompletableFuture<CallOutcome>> followers = contexts.stream()
			.map((context) -> async(context, this::run))
			.toList();
		contexts.forEach((context) -> Eventually.until("it waits", context::isWaiting));
		mayEnd.countDown();
		assertThat(leader.join()).isInstanceOf(Failure.class);
		assertThat(followers).allSatisfy((each) -> assertThat(TestResults.text(each.join())).isEqualTo("result 1"));
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void callWhenStoreFailsThenRunAllTheSame() {
		this.store = new ResultStore() {

			@Override
			public Found find(ResultKey key) {
				throw new IllegalStateException("The store is down");
			}

			@Override
			public void put(ResultKey key, ResultSnapshot result, long state, Duration timeToLive, String owner) {
				throw new IllegalStateException("The store is down");
			}

			@Override
			public void invalidate(Obsolete what) {
				throw new IllegalStateException("The store is down");
			}

		};
		this.guard = guard();
		assertThat(TestResults.text(call("list", new TestContext()))).isEqualTo("result 1");
		assertThat(TestResults.text(call("list", new TestContext()))).isEqualTo("result 2");
		assertThat(TestResults.text(call("save", new TestContext()))).isEqualTo("result 3");
	}

	private CompletableFuture<CallOutcome> async(CallContext context, CallChain next) {
		CompletableFuture<CallOutcome> done = new CompletableFuture<>();
		Thread thread = new Thread(() -> done.complete(this.guard.guard(call("list"), context, next)));
		thread.setDaemon(true);
		thread.start();
		return done;
	}

	private CacheGuard guard() {
		Results results = new Results(this.store, CacheGuardTests::snapshot, this.clock);
		ToolCatalog tools = (name, context) -> this.catalog.get(name);
		return new CacheGuard(TestPolicies.of("tools.list.cache.time-to-live=30s", "tools.everybody.cache.scope=shared",
				"tools.mine.cache.scope=session", "tools.secured.cache.scope=user", "tools.plain.cache.time-to-live=0",
				"tools.forced.cache.forced=true", "tools.both.cache.scope=user", "tools.save.invalidates=list",
				"tools.save.cache.time-to-live=0", "tool-defaults.cache.time-to-live=1m"),
				new CacheableTools(tools, TestPolicies.targets(new Secured()), new ResultCache(this.store)),
				new ResultKeys("1", Set::of), results, new RememberedCalls(results, 0));
	}

	private CallOutcome call(String tool, TestContext context) {
		return this.guard.guard(call(tool), context, this::run);
	}

	private static McpCall call(String tool) {
		return call(tool, TestCalls.ALICE, Map.of());
	}

	private static McpCall call(String tool, Caller caller, Map<String, Object> params) {
		return new McpCall("c-1", Revision.V2026_07_28, "tools/call", tool, params, caller, null, null,
				TraceContext.NONE, Instant.EPOCH);
	}

	private CallOutcome run(McpCall call, CallContext context) {
		return TestResults.of("result " + this.runs.incrementAndGet());
	}

	private CallChain answering(CallOutcome outcome) {
		return (call, context) -> {
			this.runs.incrementAndGet();
			return outcome;
		};
	}

	private static ResultSnapshot snapshot(Object value) {
		return (value instanceof CallToolResult result) ? new ResultSnapshot(result, 100) : null;
	}

	private static Tool tool(String name, boolean readOnly) {
		return Tool.builder(name, Map.of())
			.annotations(ToolAnnotations.builder().readOnlyHint(readOnly).build())
			.build();
	}

	static class Secured {

		@McpTool(name = "secured", description = "Asks who calls")
		@PreAuthorize("hasRole('boss')")
		String secured() {
			return "";
		}

	}

}
