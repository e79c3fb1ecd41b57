// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CircuitChanged;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A breaker with what clients and operators are told of it.
 */
final class Circuit {

	private static final Log logger = LogFactory.getLog(Circuit.class);

	private static final Duration TRIAL = Duration.ofSeconds(5);

	private final Instance instance;

	private final CircuitBreaker breaker;

	private final Consumer<CircuitChanged> listener;

	private int opened;

	private volatile Instant retryAt = Instant.MIN;

	private volatile State seen;

	Circuit(Instance instance, CircuitBreaker breaker, Consumer<CircuitChanged> listener) {
		this.instance = instance;
		this.breaker = breaker;
		this.listener = listener;
		this.seen = breaker.getState();
		if (this.seen == State.OPEN) {
			open(State.CLOSED);
		}
	}

	CircuitBreaker breaker() {
		return this.breaker;
	}

	/**
	 * Return what becomes of a call that is not let through.
	 */
	Failure refuse(McpCall call) {
		Duration wait = retryAfter();
		return new Failure(FailureKind.CIRCUIT_OPEN,
				"'" + Refusals.shown(this.instance.target())
						+ "' has failed too often of late and is not called for the time being. "
						+ ((wait != null)
								? "Try again in " + wait.toSeconds() + " seconds, not before, or do without it."
								: "Do without it.")
						+ " Reference: " + call.id(),
				null);
	}

	BreakerState state() {
		look();
		CircuitBreaker.Metrics metrics = this.breaker.getMetrics();
		State state = this.breaker.getState();
		boolean refuses = state == State.OPEN || state == State.HALF_OPEN;
		return new BreakerState(this.instance.kind(), this.instance.target(), text(state),
				metrics.getNumberOfBufferedCalls(), metrics.getNumberOfFailedCalls(),
				metrics.getNumberOfNotPermittedCalls(), (refuses) ? retryAfter() : null);
	}

	/**
	 * Return when it makes sense to try again, in whole seconds.
	 */
	private @Nullable Duration retryAfter() {
		if (this.breaker.getState() == State.FORCED_OPEN) {
			return null;
		}
		if (this.breaker.getState() == State.HALF_OPEN) {
			// Others try it out just now
			return TRIAL;
		}
		Duration left = Duration.between(clock().instant(), this.retryAt);
		return Duration.ofSeconds(Math.max(1, left.plusMillis(999).toSeconds()));
	}

	/**
	 * Notice if the state is another one, to be called after whatever may have changed
	 * it. Resilience4j tells of it, too, but makes an event of every single call as soon
	 * as anybody wants to be told of anything.
	 */
	void look() {
		if (this.breaker.getState() != this.seen) {
			notice();
		}
	}

	/**
	 * One after the other, so that nobody hears of changes in the wrong order.
	 */
	private synchronized void notice() {
		State from = this.seen;
		State to = this.breaker.getState();
		if (from == to) {
			return;
		}
		this.seen = to;
		if (to == State.OPEN) {
			open(from);
		}
		log(to);
		this.listener.accept(new CircuitChanged(this.instance.kind(), this.instance.target(), text(from), text(to)));
	}

	/**
	 * The breaker does not tell until when, hence it is worked out once more.
	 */
	private void open(State from) {
		int times = (from == State.HALF_OPEN) ? this.opened + 1 : 1;
		this.opened = times;
		CircuitBreakerConfig config = this.breaker.getCircuitBreakerConfig();
		this.retryAt = clock().instant().plusMillis(config.getWaitIntervalFunctionInOpenState().apply(times));
	}

	private void log(State to) {
		String what = this.instance.kind().name().toLowerCase(Locale.ROOT) + " '"
				+ Refusals.shown(this.instance.target()) + "'";
		CircuitBreaker.Metrics metrics = this.breaker.getMetrics();
		switch (to) {
			case OPEN -> logger.warn("The " + what + " is not called for the time being: of the last "
					+ metrics.getNumberOfBufferedCalls() + " calls " + metrics.getNumberOfFailedCalls() + " failed and "
					+ metrics.getNumberOfSlowCalls() + " were slow");
			case HALF_OPEN -> logger.info("The " + what + " is called again, to see whether it still fails");
			case CLOSED -> logger.info("The " + what + " is called as usual again");
			default -> logger.info("The breaker of the " + what + " has been put into state " + text(to));
		}
	}

	private Clock clock() {
		return this.breaker.getCircuitBreakerConfig().getClock();
	}

	private static String text(State state) {
		return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
