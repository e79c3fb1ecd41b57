// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.mcpremote.call.TargetKind;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The counts of everything that has been called, of a bounded number of things. What the
 * server offers no longer makes room for what it does.
 */
final class CountedTargets {

	static final int MAX = 5000;

	private static final Log logger = LogFactory.getLog(CountedTargets.class);

	/**
	 * Not worth looking for what is gone among so few.
	 */
	private static final int FEW = 250;

	private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

	private static final Comparator<Ranked> BUSIEST = Comparator.comparingLong(Ranked::recent)
		.thenComparingLong((ranked) -> ranked.counts().calls())
		.reversed()
		.thenComparing((ranked) -> ranked.target().name());

	private final ConcurrentMap<Target, TargetCounts> targets = new ConcurrentHashMap<>();

	private final ReentrantLock sweeping = new ReentrantLock();

	private final LongSupplier ticker;

	private final Function<TargetKind, Collection<String>> offered;

	private volatile int sweepAt = FEW;

	private volatile long notBefore;

	/**
	 * Create an instance.
	 * @param ticker counts nanoseconds
	 * @param offered tells what the server offers of a kind
	 */
	CountedTargets(LongSupplier ticker, Function<TargetKind, Collection<String>> offered) {
		this.ticker = ticker;
		this.offered = offered;
		this.notBefore = ticker.getAsLong();
	}

	/**
	 * Return the counts of something, if it has been called before.
	 */
	@Nullable TargetCounts get(TargetKind kind, String name) {
		return this.targets.get(new Target(kind, name));
	}

	/**
	 * Return the counts of something that is called.
	 * @return the counts, {@code null} if there is no room
	 */
	@Nullable TargetCounts use(TargetKind kind, String name) {
		Target target = new Target(kind, name);
		TargetCounts known = this.targets.get(target);
		return (known != null || !makeRoom()) ? known
				: this.targets.computeIfAbsent(target, (same) -> new TargetCounts(new LatencyWindow(this.ticker)));
	}

	/**
	 * Return the figures of what was called most of late. Those of everything else are
	 * not worked out.
	 */
	List<TargetFigures> busiest(int most) {
		return this.targets.entrySet()
			.stream()
			.map((entry) -> new Ranked(entry.getKey(), entry.getValue(), entry.getValue().recentCalls()))
			.sorted(BUSIEST)
			.limit(most)
			.map((ranked) -> ranked.counts().figures(ranked.target().kind(), ranked.target().name()))
			.toList();
	}

	/**
	 * Each sweep is put off until there is twice as much as it has left, so that it costs
	 * next to nothing for each thing that is called for the first time.
	 */
	private boolean makeRoom() {
		if (this.targets.size() >= this.sweepAt && this.ticker.getAsLong() - this.notBefore >= 0
				&& this.sweeping.tryLock()) {
			try {
				this.targets.keySet().retainAll(offered());
				this.sweepAt = Math.min(MAX, Math.max(FEW, 2 * this.targets.size()));
			}
			catch (RuntimeException ex) {
				// No reason not to have the call
				logger.debug("What the server offers could not be found out for its statistics", ex);
			}
			finally {
				this.notBefore = this.ticker.getAsLong() + ((this.targets.size() >= this.sweepAt) ? PAUSE : 0);
				this.sweeping.unlock();
			}
		}
		return this.targets.size() < MAX;
	}

	private Set<Target> offered() {
		Set<Target> all = new HashSet<>();
		for (TargetKind kind : TargetKind.values()) {
			// Who reads a resource does not say whether a template serves it
			TargetKind counted = (kind == TargetKind.TEMPLATE) ? TargetKind.RESOURCE : kind;
			this.offered.apply(kind).forEach((name) -> all.add(new Target(counted, name)));
		}
		return all;
	}

	private record Target(TargetKind kind, String name) {

	}

	private record Ranked(Target target, TargetCounts counts, long recent) {

	}

}
