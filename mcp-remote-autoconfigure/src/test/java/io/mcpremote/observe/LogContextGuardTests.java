// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CallPipeline;
import io.mcpremote.call.Caller;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What log lines say of a call.
 */
class LogContextGuardTests {

	private static final CallOutcome DONE = new Result(Map.of());

	private final StubCatalog catalog = new StubCatalog("echo");

	private final AtomicLong nanos = new AtomicLong();

	private final LogContext all = log(EnumSet.allOf(LogKey.class));

	private final Map<String, String> seen = new HashMap<>();

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void callWhenUnderWayThenLinesSayWhatAndWhoseItIs() {
		run(this.all, TestCalls.tool());
		assertThat(this.seen)
			.isEqualTo(Map.of("mcpCallId", "c-1", "mcpMethod", "tools/call", "mcpTool", "echo", "mcpSubject", "alice"));
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
	}

	@Test
	void callWhenOverThenLinesSayWhatTheySaidBefore() {
		MDC.put("mcpTool", "outer");
		MDC.put("other", "kept");
		run(this.all, TestCalls.of(Revision.V2026_07_28, "tools/list", null));
		assertThat(this.seen).doesNotContainKey("mcpTool").containsEntry("other", "kept");
		assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("mcpTool", "outer", "other", "kept"));
	}

	@Test
	void callWhenFewerKeysAreWantedThenNoOthers() {
		run(log(List.of(LogKey.TOOL)), TestCalls.tool());
		assertThat(this.seen).isEqualTo(Map.of("mcpTool", "echo"));
	}

	@Test
	void callWhenAnonymousThenNoSubjectOfACallAround() {
		MDC.put("mcpSubject", "alice");
		run(this.all, of("echo", Caller.anonymous("192.0.2.1")));
		assertThat(this.seen).doesNotContainKey("mcpSubject");
	}

	@ParameterizedTest
	@MethodSource
	void valueWhenItWouldDoHarmThenCleaned(String sent, String said) {
		this.catalog.tools.add(sent);
		run(this.all, of(sent, new Caller(sent, "issuer", null, "192.0.2.1")));
		assertThat(this.seen).containsEntry("mcpTool", said).containsEntry("mcpSubject", said);
	}

	static Stream<Arguments> valueWhenItWouldDoHarmThenCleaned() {
		return Stream.of(Arguments.of("a\nb", "a_b"), Arguments.of("a\r\u001b[31mb", "a___31mb"),
				Arguments.of("a\u2028b", "a_b"), Arguments.of("a\u202eb", "a_b"), Arguments.of("a b", "a_b"),
				Arguments.of("\u00e4\u00a0b", "\u00e4_b"), Arguments.of("\u00e4pfel", "\u00e4pfel"),
				Arguments.of("a\ud83d\ude00b", "a\ud83d\ude00b"), Arguments.of("a\ud83db", "a_b"));
	}

	@Test
	void toolWhenClientMadeItUpThenNotSaid() {
		String forged = "x] [mcpSubject=admin";
		run(this.all, of(forged, TestCalls.ALICE));
		assertThat(this.seen).containsEntry("mcpTool", "_unknown_");
	}

	@Test
	void toolWhenNamesAreMadeUpThenToolsAreLookedForOnceASecond() {
		for (int i = 0; i < 1000; i++) {
			run(this.all, of("made-up-" + i, TestCalls.ALICE));
		}
		assertThat(this.catalog.listed).hasValue(1);
		this.catalog.tools.add("later");
		this.nanos.addAndGet(1_000_000_000);
		run(this.all, of("later", TestCalls.ALICE));
		assertThat(this.seen).containsEntry("mcpTool", "later");
	}

	@Test
	void methodWhenClientMadeItUpThenNotSaid() {
		run(this.all, TestCalls.of(Revision.V2026_07_28, "ping] [mcpSubject=admin", null));
		assertThat(this.seen).containsEntry("mcpMethod", "_unknown_");
	}

	@Test
	void subjectWhenItImitatesFieldsThenCleaned() {
		run(this.all, of("echo", new Caller("x] [a=b, \"c\"", "issuer", null, "192.0.2.1")));
		assertThat(this.seen).containsEntry("mcpSubject", "x___a_b___c_");
	}

	@Test
	void valueWhenLongThenBounded() {
		this.catalog.tools.add("x".repeat(100_000));
		run(this.all, of("x".repeat(100_000), TestCalls.ALICE));
		assertThat(this.seen.get("mcpTool")).hasSize(128);
	}

	@Test
	void reactiveTargetThenLinesOfItsThreadsSayItToo() {
		ContextRegistry registry = new ContextRegistry();
		ReactiveLogContext reactive = new ReactiveLogContext(registry, this.all);
		reactive.afterPropertiesSet();
		Map<Object, Object> context = new HashMap<>();
		new LogContextGuard(this.all).contribute(TestCalls.tool(), context::put);
		MDC.put("mcpTool", "another");
		this.all.set((String[]) context.get(reactive.key()));
		ContextSnapshot snapshot = ContextSnapshotFactory.builder().contextRegistry(registry).build().captureAll();
		MDC.clear();
		try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
			assertThat(MDC.get("mcpTool")).isEqualTo("echo");
			assertThat(MDC.get("mcpSubject")).isEqualTo("alice");
		}
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
		reactive.destroy();
		assertThat(registry.getThreadLocalAccessors()).isEmpty();
	}

	private LogContext log(Collection<LogKey> keys) {
		return new LogContext(keys, new ToolNames(this.catalog, this.nanos::get));
	}

	private void run(LogContext log, McpCall call) {
		CallOutcome outcome = new CallPipeline(List.of(new LogContextGuard(log)), (same, context) -> {
			this.seen.putAll(MDC.getCopyOfContextMap());
			return DONE;
		}).run(call, new TestContext());
		assertThat(outcome).isSameAs(DONE);
	}

	private static McpCall of(String tool, Caller caller) {
		return new McpCall("c-1", Revision.V2026_07_28, "tools/call", tool, Map.of(), caller, null, null,
				TraceContext.NONE, Instant.EPOCH);
	}

}
