// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

import io.mcpremote.audit.AuditEvent.Type;
import io.mcpremote.audit.FloodCount.Verdict;
import io.mcpremote.call.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what anybody can cause at will from filling the record: of refusals that repeat
 * themselves the first few of a minute are recorded one by one, and the others counted.
 */
final class Floods {

	static final Duration WINDOW = Duration.ofMinutes(1);

	private final Clock clock;

	private final Consumer<AuditEvent> summaries;

	private volatile @Nullable FloodWindow window;

	/**
	 * Create an instance.
	 * @param summaries gets events that stand for many
	 */
	Floods(Clock clock, Consumer<AuditEvent> summaries) {
		this.clock = clock;
		this.summaries = summaries;
	}

	/**
	 * Note a refusal.
	 * @param caller who has caused it
	 * @return whether it is to be recorded by itself
	 */
	boolean admit(Type type, String stage, String reason, Caller caller) {
		while (true) {
			FloodWindow window = current();
			Verdict verdict = window.admit(type, stage, reason, caller);
			if (window.isClosed()) {
				// What has come in behind the back of whoever has closed it
				window.close(this.clock.instant(), this.summaries);
			}
			if (verdict != Verdict.TOO_LATE) {
				return verdict == Verdict.RECORD;
			}
		}
	}

	/**
	 * Record what has been counted if its time is over. To be called from time to time.
	 */
	void tick() {
		FloodWindow ending = this.window;
		if (ending != null && !this.clock.instant().isBefore(ending.end())) {
			flush();
		}
	}

	/**
	 * Record what has been counted.
	 */
	void flush() {
		FloodWindow ended;
		synchronized (this) {
			ended = this.window;
			this.window = null;
		}
		if (ended != null) {
			ended.close(this.clock.instant(), this.summaries);
		}
	}

	private FloodWindow current() {
		FloodWindow known = this.window;
		if (known != null && this.clock.instant().isBefore(known.end())) {
			return known;
		}
		tick();
		synchronized (this) {
			FloodWindow fresh = this.window;
			if (fresh == null) {
				fresh = new FloodWindow(this.clock.instant().plus(WINDOW));
				this.window = fresh;
			}
			return fresh;
		}
	}

}
