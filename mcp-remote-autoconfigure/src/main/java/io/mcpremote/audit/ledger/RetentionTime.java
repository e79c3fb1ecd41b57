// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Says what is too old to be kept, without believing the clock at once: one that is far
 * ahead would have everything deleted. What has been written tells how time has passed.
 * Where nothing was written for long, the clock may have jumped, and the time before that
 * counts until it has gone on for a while. For one thread at a time.
 */
final class RetentionTime {

	private static final Duration LONGEST_DOUBT = Duration.ofDays(7);

	private final Clock clock;

	private final Duration retention;

	/**
	 * How much time may pass without a trace.
	 */
	private final Duration usual;

	/**
	 * For how long the clock must have gone on after more than that.
	 */
	private final Duration doubt;

	private final Log log;

	/**
	 * Since when the clock has been seen to go on.
	 */
	private @Nullable Instant since;

	private Instant seen = Instant.EPOCH;

	private Instant told = Instant.EPOCH;

	RetentionTime(Clock clock, LedgerSettings settings, Log log) {
		this.clock = clock;
		this.retention = settings.retention();
		Duration tenth = settings.retention().dividedBy(10);
		Duration file = settings.maxAge().multipliedBy(2);
		this.usual = (tenth.compareTo(file) > 0) ? tenth : file;
		this.doubt = (LONGEST_DOUBT.compareTo(this.retention) < 0) ? LONGEST_DOUBT : this.retention;
		this.log = log;
	}

	/**
	 * Look at the clock, which is to be done often.
	 * @param written when records were written, looked at only if something may be too
	 * old
	 */
	Run now(Supplier<List<Instant>> written) {
		Instant now = this.clock.instant();
		Instant begun = this.since;
		if (begun == null || now.isBefore(this.seen) || now.isAfter(this.seen.plus(this.usual))) {
			begun = now;
		}
		this.since = begun;
		this.seen = now;
		return new Run(now, begun, written);
	}

	/**
	 * Say once that the clock is not believed.
	 */
	private void tell(Instant now, Instant credible) {
		if (!credible.equals(this.told)) {
			this.told = credible;
			this.log.error("The clock says " + now + ", but the audit ledger has next to nothing from after " + credible
					+ ". Correct the clock if it is wrong. Until it has gone on for " + this.doubt.toDays()
					+ " days, only what was too old at that time is deleted.");
		}
	}

	/**
	 * One run of retention.
	 */
	final class Run {

		private final Instant now;

		private final Instant begun;

		private final Supplier<List<Instant>> written;

		private @Nullable Instant credible;

		private Run(Instant now, Instant begun, Supplier<List<Instant>> written) {
			this.now = now;
			this.begun = begun;
			this.written = written;
		}

		Instant now() {
			return this.now;
		}

		/**
		 * Return whether the section that ends with a record need not be kept any longer.
		 */
		boolean isTooOld(LastRecord last) {
			Duration kept = RetentionTime.this.retention;
			return last.isBefore(this.now.minus(kept)) && last.isBefore(credible().minus(kept));
		}

		/**
		 * Return whether nothing is left of which something that was said at a time could
		 * tell.
		 */
		boolean isForgotten(Instant time) {
			Duration kept = RetentionTime.this.retention.multipliedBy(2).plusDays(31);
			return time.isBefore(this.now.minus(kept)) && time.isBefore(credible().minus(kept));
		}

		private Instant credible() {
			Instant known = this.credible;
			if (known == null) {
				known = find();
				this.credible = known;
			}
			return known;
		}

		/**
		 * Go back from now to the last jump that nothing speaks for.
		 */
		private Instant find() {
			Instant found = this.now;
			Instant later = this.begun;
			Duration lasted = Duration.between(this.begun, this.now);
			for (Instant time : this.written.get().stream().sorted(Comparator.reverseOrder()).toList()) {
				if (time.isAfter(later)) {
					continue;
				}
				Duration gap = Duration.between(time, later);
				if (gap.compareTo(RetentionTime.this.usual) <= 0) {
					lasted = lasted.plus(gap);
				}
				else if (lasted.compareTo(RetentionTime.this.doubt) >= 0) {
					break;
				}
				else {
					found = time;
				}
				later = time;
			}
			if (found.isBefore(this.now)) {
				tell(this.now, found);
			}
			return found;
		}

	}

}
