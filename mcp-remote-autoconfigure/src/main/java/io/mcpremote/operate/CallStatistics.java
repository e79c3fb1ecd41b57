// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.TargetKind;
import org.jspecify.annotations.Nullable;

/**
 * Counts what becomes of calls, for the actuator endpoint and the console, with or
 * without a library for metrics. Keeps figures of what there is and not of what clients
 * make up.
 *
 * @since 0.1.0
 */
public final class CallStatistics {

	private final CountedTargets targets;

	private final Map<RefusalReason, LongAdder> refusals = new EnumMap<>(RefusalReason.class);

	private final LongAdder calls = new LongAdder();

	private final LongAdder failures = new LongAdder();

	/**
	 * Create statistics.
	 * @param ticker counts nanoseconds
	 * @param offered tells what the server offers of a kind
	 */
	CallStatistics(LongSupplier ticker, Function<TargetKind, Collection<String>> offered) {
		this.targets = new CountedTargets(ticker, offered);
		for (RefusalReason reason : RefusalReason.values()) {
			this.refusals.put(reason, new LongAdder());
		}
	}

	/**
	 * Count a call that has come to its end.
	 * @param kind what kind of thing was called
	 * @param entry what was called, as it stands in its list, {@code null} for everything
	 * else
	 * @param outcome what has become of the call
	 * @param nanos how long it took
	 */
	void record(TargetKind kind, @Nullable String entry, CallOutcome outcome, long nanos) {
		record(outcome);
		TargetCounts counts = (entry != null) ? this.targets.use(kind, entry) : null;
		if (counts != null) {
			counts.record(outcome, TargetCounts.isFailed(outcome), nanos);
		}
	}

	/**
	 * Count a call of nothing in particular that has come to its end.
	 * @param outcome what has become of the call
	 */
	void record(CallOutcome outcome) {
		this.calls.increment();
		if (TargetCounts.isFailed(outcome)) {
			this.failures.increment();
		}
		if (outcome instanceof Refusal refusal) {
			refused(refusal.reason());
		}
	}

	@SuppressWarnings("NullAway") // There is one for each reason
	void refused(RefusalReason reason) {
		this.refusals.get(reason).increment();
	}

	/**
	 * Return whether something has counts of its own already.
	 */
	boolean isCounted(TargetKind kind, String name) {
		return this.targets.get(kind, name) != null;
	}

	/**
	 * Return how many calls there were since this replica started.
	 * @return the number of calls, refused ones included
	 */
	public long calls() {
		return this.calls.sum();
	}

	/**
	 * Return how many of them have failed.
	 * @return the number of failures
	 */
	public long failures() {
		return this.failures.sum();
	}

	/**
	 * Return how many requests were refused, and why. Those are among them that were
	 * refused before they became calls.
	 * @return numbers by reason, without those that have not come up
	 */
	public Map<RefusalReason, Long> refusals() {
		Map<RefusalReason, Long> sums = new EnumMap<>(RefusalReason.class);
		this.refusals.forEach((reason, count) -> {
			if (count.sum() > 0) {
				sums.put(reason, count.sum());
			}
		});
		return sums;
	}

	/**
	 * Return the figures of everything that has been called, what was called most of late
	 * first.
	 * @param most how many at most
	 * @return the figures
	 */
	public List<TargetFigures> busiest(int most) {
		return this.targets.busiest(most);
	}

	/**
	 * Return the figures of one thing.
	 * @param kind what kind of thing it is
	 * @param name its name
	 * @return the figures, {@code null} if it has not been called
	 */
	public @Nullable TargetFigures of(TargetKind kind, String name) {
		TargetCounts counts = this.targets.get(kind, name);
		return (counts != null) ? counts.figures(kind, name) : null;
	}

}
