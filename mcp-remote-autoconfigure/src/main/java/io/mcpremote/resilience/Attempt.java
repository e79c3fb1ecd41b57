// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.FailureKind;
import io.modelcontextprotocol.spec.McpError;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * A call that its breaker has let through, which it hears of once: when the call ends, or
 * its time is over.
 */
final class Attempt {

	private static final Log logger = LogFactory.getLog(Attempt.class);

	private static final int INTERNAL_ERROR = -32603;

	private final Circuit circuit;

	private final CircuitBreaker breaker;

	private final long start;

	private boolean trial;

	private boolean told;

	private long waitingSince;

	private long waited;

	/**
	 * Begin the attempt. The breaker must have permitted it.
	 */
	Attempt(Circuit circuit) {
		this.circuit = circuit;
		this.breaker = circuit.breaker();
		this.start = this.breaker.getCurrentTimestamp();
		this.trial = this.breaker.getState() == CircuitBreaker.State.HALF_OPEN;
	}

	/**
	 * Let others try it while this call waits for a person, whose time does not count.
	 */
	synchronized void pause() {
		this.waitingSince = this.breaker.getCurrentTimestamp();
		if (!this.told) {
			release();
		}
	}

	synchronized void resume() {
		this.waited += this.breaker.getCurrentTimestamp() - this.waitingSince;
	}

	/**
	 * Tell the breaker what became of the call, unless it has been told.
	 */
	synchronized void end(@Nullable CallOutcome outcome) {
		if (this.told) {
			return;
		}
		this.told = true;
		try {
			tell(outcome);
		}
		catch (RuntimeException ex) {
			// Settings may have code of the application's, which must not spoil the call
			logger.warn("The breaker '" + this.breaker.getName() + "' failed to judge a call", ex);
			release();
		}
		this.circuit.look();
	}

	private void tell(@Nullable CallOutcome outcome) {
		if (outcome instanceof Result result) {
			this.breaker.onResult(duration(), this.breaker.getTimestampUnit(), result.value());
		}
		else if (outcome instanceof Failure failure) {
			fail(failure);
		}
		else {
			release();
		}
	}

	/**
	 * What the target says itself, in its own words, is an answer like any other.
	 */
	private void fail(Failure failure) {
		switch (failure.kind()) {
			case FAILED, DEADLINE -> failed(failure);
			case RPC_ERROR -> {
				if (isInternalError(failure.cause())) {
					failed(failure);
				}
				else {
					succeeded();
				}
			}
			case TOLD, OUTPUT_TOO_LARGE -> succeeded();
			// The target had no chance to show whether it works
			case INVALID_ARGUMENTS, CANCELLED, CIRCUIT_OPEN, NOT_CONFIRMED, REMOVED -> release();
		}
	}

	private void failed(Failure failure) {
		this.breaker.onError(duration(), this.breaker.getTimestampUnit(), cause(failure));
	}

	private void succeeded() {
		this.breaker.onSuccess(duration(), this.breaker.getTimestampUnit());
	}

	/**
	 * Only while a breaker tries a target out does it count permissions. One that is
	 * released without having been taken would be one too many.
	 */
	private void release() {
		if (this.trial) {
			this.trial = false;
			this.breaker.releasePermission();
		}
	}

	private long duration() {
		return this.breaker.getCurrentTimestamp() - this.start - this.waited;
	}

	/**
	 * Return what the application has thrown, which its settings may be about.
	 */
	private static Throwable cause(Failure failure) {
		Throwable cause = failure.cause();
		if (cause == null) {
			return (failure.kind() == FailureKind.DEADLINE) ? new TookTooLong()
					: new IllegalStateException("No answer");
		}
		for (int depth = 0; depth < 16 && isWrapper(cause); depth++) {
			cause = Objects.requireNonNull(cause.getCause());
		}
		return cause;
	}

	/**
	 * Spring AI wraps what a tool throws in a {@link RuntimeException}, Reactor what is
	 * checked in one of its own.
	 */
	private static boolean isWrapper(Throwable ex) {
		return ex.getCause() != null && (ex.getClass() == RuntimeException.class || Exceptions.unwrap(ex) != ex
				|| ex instanceof InvocationTargetException || ex instanceof UndeclaredThrowableException);
	}

	private static boolean isInternalError(@Nullable Throwable cause) {
		return cause instanceof McpError error && error.getJsonRpcError() != null
				&& Integer.valueOf(INTERNAL_ERROR).equals(error.getJsonRpcError().code());
	}

	/**
	 * Stands for a call whose time was over, which is no place in the code.
	 */
	private static final class TookTooLong extends TimeoutException {

		@Override
		public synchronized Throwable fillInStackTrace() {
			return this;
		}

	}

}
