// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Knows which stores can be reached, from the last time that was tried. Whoever asks
 * never waits.
 */
final class ProbedStores {

	private static final Log logger = LogFactory.getLog(ProbedStores.class);

	private static final Duration FRESH = Duration.ofSeconds(10);

	/**
	 * After that time nobody believes any more that there will be an answer.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/**
	 * After that time a connection is taken for lost, and another one is tried.
	 */
	private static final Duration LOST = Duration.ofSeconds(30);

	private static final int MAX_OUTSTANDING = 2;

	private static final int FAILURES = 2;

	private final List<Probed> stores;

	private final Executor executor;

	private final Clock clock;

	/**
	 * Create an instance.
	 * @param probes one for each store
	 * @param executor on whose threads stores are tried, one at a time for each
	 * @param clock tells when to try again
	 */
	ProbedStores(List<StoreProbe> probes, Executor executor, Clock clock) {
		this.stores = probes.stream().map(Probed::new).toList();
		this.executor = executor;
		this.clock = clock;
	}

	/**
	 * Return how the stores stand, and have those tried again where that was too long
	 * ago.
	 */
	Map<String, State> states() {
		Map<String, State> states = new TreeMap<>();
		this.stores.forEach((store) -> states.put(store.probe.name(), store.state()));
		return states;
	}

	enum State {

		UNKNOWN, REACHABLE, UNREACHABLE

	}

	private final class Probed {

		private final StoreProbe probe;

		private State known = State.UNKNOWN;

		private @Nullable Instant begun;

		private @Nullable Instant silentSince;

		private long newest;

		private long answered;

		private int outstanding;

		private int failures;

		private @Nullable Thread trying;

		Probed(StoreProbe probe) {
			this.probe = probe;
		}

		synchronized State state() {
			Instant now = ProbedStores.this.clock.instant();
			if (this.begun == null || now.isAfter(this.begun.plus((this.answered == this.newest) ? FRESH : LOST))) {
				begin(now);
			}
			boolean silent = this.answered != this.newest && this.silentSince != null
					&& now.isAfter(this.silentSince.plus(PATIENCE));
			return (silent) ? State.UNREACHABLE : this.known;
		}

		private void begin(Instant now) {
			if (this.outstanding >= MAX_OUTSTANDING) {
				return;
			}
			if (this.answered == this.newest) {
				this.silentSince = now;
			}
			if (this.trying != null) {
				// Taken for lost. Some of what hangs can be told so
				this.trying.interrupt();
			}
			this.begun = now;
			this.newest++;
			this.outstanding++;
			long number = this.newest;
			try {
				ProbedStores.this.executor.execute(() -> tryOut(number));
			}
			catch (RuntimeException | Error ex) {
				// No thread to be had. Whoever asks for health gets an answer all the
				// same
				end(number, ex);
			}
		}

		private void tryOut(long number) {
			Throwable failure = null;
			try {
				started(number);
				this.probe.probe();
			}
			catch (Throwable ex) {
				failure = ex;
			}
			end(number, failure);
		}

		private synchronized void started(long number) {
			if (number == this.newest) {
				this.trying = Thread.currentThread();
			}
		}

		private synchronized void end(long number, @Nullable Throwable failure) {
			this.outstanding--;
			if (this.trying == Thread.currentThread()) {
				this.trying = null;
			}
			if (number < this.answered) {
				return;
			}
			this.answered = number;
			if (failure == null) {
				this.failures = 0;
				this.known = State.REACHABLE;
				return;
			}
			this.failures++;
			if (this.failures == 1) {
				logger.warn("The store '" + this.probe.name() + "' cannot be used", failure);
			}
			// One may be by chance
			if (this.failures >= FAILURES) {
				this.known = State.UNREACHABLE;
			}
		}

	}

}
