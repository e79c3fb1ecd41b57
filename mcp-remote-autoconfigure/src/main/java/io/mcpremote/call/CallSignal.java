// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.jspecify.annotations.Nullable;

/**
 * Carries an outcome out of code that can only return something else, such as a tool that
 * asks the client for input. Without a stack trace: it is no error.
 *
 * @since 0.1.0
 */
public final class CallSignal extends RuntimeException {

	private final transient CallOutcome outcome;

	/**
	 * Create the signal.
	 * @param outcome the outcome of the call
	 */
	public CallSignal(CallOutcome outcome) {
		super(outcome.getClass().getSimpleName(), null, false, false);
		this.outcome = outcome;
	}

	/**
	 * Return the outcome that this signal carries.
	 * @return the outcome
	 */
	public CallOutcome outcome() {
		return this.outcome;
	}

	/**
	 * Find a signal behind an exception.
	 * @param ex the exception
	 * @return the signal or {@code null}
	 */
	public static @Nullable CallSignal in(@Nullable Throwable ex) {
		Throwable candidate = ex;
		for (int depth = 0; candidate != null && depth < 16; depth++) {
			if (candidate instanceof CallSignal signal) {
				return signal;
			}
			candidate = candidate.getCause();
		}
		return null;
	}

}
