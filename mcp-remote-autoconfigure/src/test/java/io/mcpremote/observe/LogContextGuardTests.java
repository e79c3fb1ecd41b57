// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

	private final LogContext all = new LogContext(EnumSet.allOf(LogKey.class));

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
		run(new LogContext(List.of(LogKey.TOOL)), TestCalls.tool());
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
		run(this.all, of(sent, new Caller(sent, "issuer", null, "192.0.2.1")));
		assertThat(this.seen).containsEntry("mcpTool", said).containsEntry("mcpSubject", said);
	}

	static Stream<Arguments> valueWhenItWouldDoHarmThenCleaned() {
		return Stream.of(Arguments.of("a\nb", "a b"), Arguments.of("a\r\u001b[31mb", "a  [31mb"),
				Arguments.of("a\u2028b", "a b"), Arguments.of("a\u202eb", "a b"),
				Arguments.of("\u00e4pfel", "\u00e4pfel"), Arguments.of("a\ud83d\ude00b", "a\ud83d\ude00b"),
				Arguments.of("a\ud83db", "a b"));
	}

	@Test
	void valueWhenLongThenBounded() {
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
