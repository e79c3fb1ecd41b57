// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

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

		private final AtomicReference<Attempt> last = new AtomicReference<>(
				new Attempt(Instant.MIN, State.UNKNOWN, true, State.UNKNOWN));

		Probed(StoreProbe probe) {
			this.probe = probe;
		}

		State state() {
			Instant now = ProbedStores.this.clock.instant();
			Attempt attempt = this.last.get();
			if (!attempt.done()) {
				return (now.isAfter(attempt.begun().plus(PATIENCE))) ? State.UNREACHABLE : attempt.before();
			}
			if (attempt.begun() == Instant.MIN || now.isAfter(attempt.begun().plus(FRESH))) {
				Attempt next = new Attempt(now, State.UNKNOWN, false, attempt.state());
				if (this.last.compareAndSet(attempt, next)) {
					ProbedStores.this.executor.execute(() -> tryOut(next));
				}
			}
			return attempt.state();
		}

		private void tryOut(Attempt attempt) {
			State state = State.UNREACHABLE;
			try {
				this.probe.probe();
				state = State.REACHABLE;
			}
			catch (Exception ex) {
				if (attempt.before() != State.UNREACHABLE) {
					logger.warn("The store '" + this.probe.name() + "' cannot be used", ex);
				}
			}
			finally {
				this.last.set(new Attempt(attempt.begun(), state, true, attempt.before()));
			}
		}

	}

	/**
	 * A time at which a store was tried.
	 *
	 * @param begun when
	 * @param state what came of it
	 * @param done whether anything has
	 * @param before what had come of the time before
	 */
	private record Attempt(Instant begun, State state, boolean done, State before) {

	}

}
