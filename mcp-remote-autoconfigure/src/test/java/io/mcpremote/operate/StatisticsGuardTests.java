// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.mcpremote.call.AuthenticationFailed;
import io.mcpremote.call.CallContext;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.Catalog;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import io.mcpremote.call.RequestRefused;
import io.mcpremote.call.Revision;
import io.mcpremote.call.TargetKind;
import io.mcpremote.call.TestCalls;
import io.mcpremote.call.TestContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

/**
 * What becomes of calls is counted, for what there is and nothing else.
 */
class StatisticsGuardTests {

	private final AtomicLong nanos = new AtomicLong();

	private final Catalog catalog = mock(Catalog.class);

	private final CallStatistics statistics = new CallStatistics(this.nanos::get, this.catalog::names);

	private final StatisticsGuard guard = new StatisticsGuard(this.statistics, this.catalog, this.nanos::get);

	@BeforeEach
	void offerEcho() {
		given(this.catalog.entry(TargetKind.TOOL, "echo")).willReturn("echo");
	}

	@Test
	void guardThenCountsWhatBecameOfCalls() {
		run(TestCalls.tool(), new Result("done"));
		run(TestCalls.tool(), new Result(CallToolResult.builder().isError(true).addTextContent("no").build()));
		run(TestCalls.tool(), new Failure(FailureKind.FAILED, "", null));
		run(TestCalls.tool(), new Failure(FailureKind.CANCELLED, "", null));
		run(TestCalls.tool(), Refusals.of(RefusalReason.LIMITED, ""));
		assertThat(this.statistics.of(TargetKind.TOOL, "echo")).satisfies((figures) -> {
			assertThat(figures.calls()).isEqualTo(5);
			assertThat(figures.failures()).isEqualTo(2);
			assertThat(figures.refusals()).isOne();
			assertThat(figures.recentCalls()).isEqualTo(4);
		});
		assertThat(this.statistics.refusals()).containsOnlyKeys(RefusalReason.LIMITED);
	}

	@Test
	void guardWhenNothingIsCalledThenRefusalIsCountedAllTheSame() {
		run(TestCalls.of(Revision.V2026_07_28, "tools/list", null), Refusals.of(RefusalReason.LIMITED, ""));
		run(TestCalls.of(Revision.V2026_07_28, "made/up", null), Refusals.methodNotFound("x"));
		run(TestCalls.of(Revision.V2026_07_28, "tools/call", null), Refusals.of(RefusalReason.UNAVAILABLE, ""));
		assertThat(this.statistics.refusals()).containsEntry(RefusalReason.LIMITED, 1L)
			.containsEntry(RefusalReason.METHOD_NOT_FOUND, 1L)
			.containsEntry(RefusalReason.UNAVAILABLE, 1L);
		assertThat(this.statistics.busiest(5)).isEmpty();
	}

	@Test
	void guardWhenCallIsTakenBackThenNoFailureWhateverComesOfIt() {
		TestContext context = new TestContext();
		this.guard.guard(TestCalls.tool(), context, (call, same) -> {
			context.cancel();
			return new Failure(FailureKind.FAILED, "interrupted", null);
		});
		assertThat(this.statistics.calls()).isOne();
		assertThat(this.statistics.failures()).isZero();
		assertThat(this.statistics.of(TargetKind.TOOL, "echo").failures()).isZero();
	}

	@Test
	void guardWhenDeadlinePassesThenCountedOnceAndThen() {
		TestContext context = new TestContext();
		this.guard.guard(TestCalls.tool(), context, (call, same) -> {
			this.nanos.addAndGet(30_000_000_000L);
			context.expire(new Failure(FailureKind.DEADLINE, "", null));
			assertThat(this.statistics.of(TargetKind.TOOL, "echo").failures()).isOne();
			this.nanos.addAndGet(300_000_000_000L);
			return new Result("late");
		});
		assertThat(this.statistics.calls()).isOne();
		assertThat(this.statistics.failures()).isOne();
	}

	@Test
	void guardWhenNamesAreMadeUpThenNothingIsKeptOfThem() {
		for (int i = 0; i < 10_000; i++) {
			run(TestCalls.of(Revision.V2026_07_28, "tools/call", "made-up-" + i), Refusals.unknownTarget("tool", "x"));
			run(TestCalls.of(Revision.V2026_07_28, "made-up-" + i, "made-up"), Refusals.methodNotFound("x"));
		}
		assertThat(this.statistics.busiest(100)).isEmpty();
		assertThat(this.statistics.refusals()).containsEntry(RefusalReason.UNKNOWN_TARGET, 10_000L);
	}

	@Test
	void guardWhenSomebodyHasFoundWhatIsCalledThenCatalogIsNotAsked() {
		TestContext context = new TestContext();
		context.attribute(CallContext.ENTRY, "docs://{page}");
		this.guard.guard(TestCalls.of(Revision.V2026_07_28, "resources/read", "docs://a"), context,
				(call, same) -> new Result("done"));
		assertThat(this.statistics.of(TargetKind.RESOURCE, "docs://{page}").calls()).isOne();
		verifyNoInteractions(this.catalog);
	}

	@Test
	void guardWhenRefusedBeforeAnybodyLookedThenCatalogIsNotAskedAndKnownToolsAreCounted() {
		run(TestCalls.tool(), new Result("done"));
		clearInvocations(this.catalog);
		run(TestCalls.tool(), Refusals.of(RefusalReason.LIMITED, ""));
		run(TestCalls.of(Revision.V2026_07_28, "resources/read", "docs://a"), Refusals.of(RefusalReason.LIMITED, ""));
		verifyNoInteractions(this.catalog);
		assertThat(this.statistics.of(TargetKind.TOOL, "echo").refusals()).isOne();
		assertThat(this.statistics.busiest(5)).hasSize(1);
	}

	@Test
	void guardWhenPersonIsWaitedForThenThatTimeIsNotTheTools() {
		TestContext context = new TestContext();
		this.guard.guard(TestCalls.tool(), context, (call, same) -> {
			this.nanos.addAndGet(Duration.ofSeconds(120).toNanos());
			context.waited(Duration.ofSeconds(110));
			return new Result("done");
		});
		assertThat(this.statistics.of(TargetKind.TOOL, "echo").p95Millis()).isCloseTo(10_000, withinPercentage(13));
	}

	@Test
	void guardWhenToolsComeAndGoThenOnlyThoseThatAreThereStay() {
		given(this.catalog.entry(eq(TargetKind.TOOL), any(String.class)))
			.willAnswer((invocation) -> invocation.getArgument(1));
		given(this.catalog.names(TargetKind.TOOL)).willReturn(List.of("echo", "tool-0"));
		for (int i = 0; i < 20_000; i++) {
			run(TestCalls.of(Revision.V2026_07_28, "tools/call", "tool-" + i), new Result("done"));
		}
		assertThat(this.statistics.busiest(10_000)).hasSizeLessThanOrEqualTo(500)
			.extracting(TargetFigures::name)
			.contains("tool-0", "tool-19999")
			.doesNotContain("tool-1");
	}

	@Test
	void guardWhenThereAreTooManyThenBoundedAndRoomIsLookedForNowAndThen() {
		List<String> tools = IntStream.range(0, 6000).mapToObj((i) -> "tool-" + i).toList();
		given(this.catalog.entry(eq(TargetKind.TOOL), any(String.class)))
			.willAnswer((invocation) -> invocation.getArgument(1));
		given(this.catalog.names(TargetKind.TOOL)).willReturn(tools);
		tools.forEach((tool) -> record(tool));
		assertThat(this.statistics.busiest(10_000)).hasSize(CountedTargets.MAX);
		given(this.catalog.names(TargetKind.TOOL)).willReturn(tools.subList(3000, 6000));
		record("tool-5999");
		assertThat(this.statistics.of(TargetKind.TOOL, "tool-5999")).isNull();
		this.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
		record("tool-5999");
		assertThat(this.statistics.of(TargetKind.TOOL, "tool-5999")).isNotNull();
		assertThat(this.statistics.of(TargetKind.TOOL, "tool-1")).isNull();
	}

	@Test
	void guardWhenCatalogFailsWhileRoomIsLookedForThenCallIsCounted() {
		given(this.catalog.entry(eq(TargetKind.TOOL), any(String.class)))
			.willAnswer((invocation) -> invocation.getArgument(1));
		given(this.catalog.names(any())).willThrow(new IllegalStateException("down"));
		for (int i = 0; i < 1000; i++) {
			record("tool-" + i);
		}
		assertThat(this.statistics.calls()).isEqualTo(1000);
		assertThat(this.statistics.busiest(10_000)).hasSize(1000);
	}

	private void record(String tool) {
		this.guard.guard(TestCalls.of(Revision.V2026_07_28, "tools/call", tool), new TestContext(),
				(call, context) -> new Result("done"));
	}

	@Test
	void guardWhenCatalogFailsThenOutcomeIsKept() {
		given(this.catalog.entry(any(), any())).willThrow(new IllegalStateException("down"));
		run(TestCalls.tool(), new Result("done"));
		assertThat(this.statistics.calls()).isOne();
	}

	@Test
	void busiestThenMostCalledOfLateFirst() {
		given(this.catalog.entry(TargetKind.TOOL, "other")).willReturn("other");
		run(TestCalls.tool(), new Result("done"));
		List.of(1, 2)
			.forEach((i) -> run(TestCalls.of(Revision.V2026_07_28, "tools/call", "other"), new Result("done")));
		assertThat(this.statistics.busiest(5)).extracting(TargetFigures::name).containsExactly("other", "echo");
		assertThat(this.statistics.busiest(1)).hasSize(1);
	}

	@Test
	void eventsThenCountedAsRefusals() {
		this.guard.onRefused(new RequestRefused(RefusalReason.NOT_JSON, "192.0.2.1", null, null));
		this.guard.onAuthenticationFailed(new AuthenticationFailed("expired", "192.0.2.1"));
		assertThat(this.statistics.refusals()).containsOnlyKeys(RefusalReason.NOT_JSON, RefusalReason.UNAUTHENTICATED);
		assertThat(this.statistics.calls()).isZero();
	}

	@Test
	void eventsWhenNobodyCouldBeVerifiedThenCountedByTheReason() {
		this.guard.onAuthenticationFailed(new AuthenticationFailed("too_many", "192.0.2.1"));
		this.guard.onAuthenticationFailed(new AuthenticationFailed("unavailable", "192.0.2.1"));
		assertThat(this.statistics.refusals()).containsOnlyKeys(RefusalReason.LIMITED, RefusalReason.UNAVAILABLE);
	}

	private void run(McpCall call, CallOutcome outcome) {
		this.nanos.addAndGet(1_000_000);
		assertThat(this.guard.guard(call, new TestContext(), (same, context) -> outcome)).isSameAs(outcome);
	}

}
