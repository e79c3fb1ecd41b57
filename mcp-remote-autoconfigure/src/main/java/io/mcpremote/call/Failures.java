// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import io.mcpremote.call.CallOutcome.Failure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Turns what was thrown during a call into its outcome.
 *
 * @since 0.1.0
 */
public final class Failures {

	private static final Log logger = LogFactory.getLog(Failures.class);

	private static final Failure CANCELLED = new Failure(FailureKind.CANCELLED, "The call was cancelled.", null);

	private Failures() {
	}

	/**
	 * Return the outcome of a call during which something was thrown. The cause goes to
	 * the log under the call's id; the client is told the id.
	 * @param call the call
	 * @param ex what was thrown
	 * @return the outcome
	 */
	public static CallOutcome outcomeOf(McpCall call, Throwable ex) {
		CallSignal signal = CallSignal.in(ex);
		if (signal != null) {
			return signal.outcome();
		}
		String told = told(ex);
		if (told != null) {
			logger.debug("Call " + call.id() + " failed and says why", ex);
			return new Failure(FailureKind.TOLD, told, ex);
		}
		return failed(call, ex);
	}

	/**
	 * Return the outcome of a call that failed for reasons that stay on the server.
	 * @param call the call
	 * @param cause what went wrong
	 * @return the outcome
	 */
	public static Failure failed(McpCall call, Throwable cause) {
		logger.warn(CallText.of(call) + " failed", cause);
		return new Failure(FailureKind.FAILED,
				"The request failed inside the server. Trying again may help. Reference: " + call.id(), cause);
	}

	/**
	 * Return what has become of a call for those who count: whatever comes of one that
	 * its client has taken back, nothing has failed.
	 * @param outcome what the rest of the chain has returned
	 * @param context what belongs to the call
	 * @return the outcome, or that the call was cancelled
	 */
	public static CallOutcome unlessTakenBack(CallOutcome outcome, CallContext context) {
		return (context.isCancelled()) ? CANCELLED : outcome;
	}

	private static @Nullable String told(Throwable ex) {
		Throwable candidate = ex;
		for (int depth = 0; candidate != null && depth < 16; depth++) {
			if (candidate instanceof ToolException told) {
				return String.valueOf(told.getMessage());
			}
			ToldToClient marked = candidate.getClass().getAnnotation(ToldToClient.class);
			String message = (marked != null) ? message(marked, candidate) : null;
			if (StringUtils.hasText(message)) {
				return message;
			}
			candidate = candidate.getCause();
		}
		return null;
	}

	private static @Nullable String message(ToldToClient marked, Throwable ex) {
		return (!marked.value().isEmpty()) ? marked.value() : ex.getMessage();
	}

}
