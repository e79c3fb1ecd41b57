// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.TargetKind;
import io.mcpremote.operate.LatencyWindow.Latency;
import io.mcpremote.operate.TargetFigures.Interval;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;

/**
 * Counts what becomes of the calls of one tool, prompt or resource.
 */
final class TargetCounts {

	private final LongAdder calls = new LongAdder();

	private final LongAdder failures = new LongAdder();

	private final LongAdder refusals = new LongAdder();

	private final LatencyWindow window;

	TargetCounts(LatencyWindow window) {
		this.window = window;
	}

	void record(CallOutcome outcome, boolean failed, long nanos) {
		this.calls.increment();
		if (outcome instanceof Refusal) {
			this.refusals.increment();
			return;
		}
		if (failed) {
			this.failures.increment();
		}
		this.window.record(nanos);
	}

	/**
	 * Return whether something went wrong. Nothing has if somebody did not want the call.
	 */
	static boolean isFailed(CallOutcome outcome) {
		if (outcome instanceof Failure failure) {
			return failure.kind() != FailureKind.CANCELLED && failure.kind() != FailureKind.NOT_CONFIRMED;
		}
		return outcome instanceof Result result && result.value() instanceof CallToolResult answer
				&& Boolean.TRUE.equals(answer.isError());
	}

	long calls() {
		return this.calls.sum();
	}

	/**
	 * Return how many calls were let through of late.
	 */
	long recentCalls() {
		return this.window.calls();
	}

	TargetFigures figures(TargetKind kind, String name) {
		Latency recent = this.window.recent();
		List<Interval> history = this.window.history()
			.stream()
			.map((latency) -> new Interval(latency.calls(), latency.p50Millis(), latency.p95Millis()))
			.toList();
		return new TargetFigures(kind, name, this.calls.sum(), this.failures.sum(), this.refusals.sum(), recent.calls(),
				recent.p50Millis(), recent.p95Millis(), history);
	}

}
