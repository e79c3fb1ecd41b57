// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.CallOutcome.Result;
import io.mcpremote.call.CallStage;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.RefusalReason;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.jspecify.annotations.Nullable;

/**
 * Says in words what became of a call and where that was decided.
 */
final class Endings {

	static final String REFUSED = "refused";

	private static final int MAX_CAUSES = 16;

	private static final String TARGET = "target";

	private Endings() {
	}

	/**
	 * Return what became of a call, in a word.
	 * @param cancelled whether it was taken back, of which a failure may only be the
	 * trace
	 */
	static String outcome(CallOutcome outcome, boolean cancelled) {
		if (outcome instanceof Result result) {
			return (result.value() instanceof CallToolResult tool && Boolean.TRUE.equals(tool.isError())) ? "error"
					: "ok";
		}
		if (outcome instanceof Refusal) {
			return REFUSED;
		}
		if (outcome instanceof InputRequired) {
			return "input_required";
		}
		if (!(outcome instanceof Failure failure)) {
			return "stream";
		}
		return switch ((cancelled) ? FailureKind.CANCELLED : failure.kind()) {
			case TOLD -> "error";
			case CANCELLED -> "cancelled";
			case DEADLINE -> "expired";
			case INVALID_ARGUMENTS, CIRCUIT_OPEN, NOT_CONFIRMED, REMOVED -> REFUSED;
			case FAILED, RPC_ERROR, OUTPUT_TOO_LARGE -> "failed";
		};
	}

	/**
	 * Return why a call was refused or failed.
	 */
	static @Nullable String reason(CallOutcome outcome, boolean cancelled) {
		if (outcome instanceof Refusal refusal) {
			return word(refusal.reason());
		}
		return (outcome instanceof Failure failure) ? word((cancelled) ? FailureKind.CANCELLED : failure.kind()) : null;
	}

	/**
	 * Return where it was decided what becomes of a call.
	 * @param reached how far the call came, {@code null} if to the target
	 */
	static String stage(CallOutcome outcome, @Nullable CallStage reached) {
		CallStage decided = reached;
		if (outcome instanceof Failure failure) {
			decided = decided(failure.kind(), reached);
		}
		else if (reached == null && outcome instanceof Refusal refusal
				&& refusal.reason() == RefusalReason.INSUFFICIENT_SCOPE) {
			// What the method of the target says itself of who may use it
			decided = CallStage.AUTHORIZE;
		}
		return (decided != null) ? word(decided) : TARGET;
	}

	private static @Nullable CallStage decided(FailureKind kind, @Nullable CallStage reached) {
		return switch (kind) {
			case DEADLINE -> CallStage.DEADLINE;
			case OUTPUT_TOO_LARGE -> CallStage.OUTPUT;
			case INVALID_ARGUMENTS -> (reached != null) ? reached : CallStage.VALIDATE;
			case CIRCUIT_OPEN -> CallStage.BREAKER;
			case NOT_CONFIRMED -> CallStage.CONFIRM;
			case REMOVED -> CallStage.SUNSET;
			case FAILED, TOLD, RPC_ERROR, CANCELLED -> reached;
		};
	}

	/**
	 * Return the class of what went wrong, without what it was wrapped in on its way.
	 */
	static String error(Throwable thrown) {
		Throwable error = thrown;
		for (int i = 0; i < MAX_CAUSES && error.getCause() != null && isWrapper(error); i++) {
			error = error.getCause();
		}
		return error.getClass().getName();
	}

	private static boolean isWrapper(Throwable thrown) {
		return thrown.getClass() == RuntimeException.class || thrown instanceof InvocationTargetException
				|| thrown instanceof UndeclaredThrowableException || thrown instanceof ExecutionException
				|| thrown instanceof CompletionException;
	}

	/**
	 * Return a constant as it is written in records.
	 */
	static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
