// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a call. How each outcome looks on the wire is decided in one other
 * place.
 *
 * @since 0.1.0
 */
public sealed interface CallOutcome {

	/**
	 * The target answered. A tool may have answered that it failed.
	 *
	 * @param value the result, an SDK type or anything else that JSON can be made of
	 */
	record Result(Object value) implements CallOutcome {

		@Override
		public String toString() {
			return "Result[" + this.value.getClass().getSimpleName() + "]";
		}

	}

	/**
	 * The call cannot go on before the client has answered.
	 *
	 * @param requests the questions by key
	 * @param state what the client has to bring back, if anything
	 */
	record InputRequired(Map<String, InputRequest> requests, @Nullable String state) implements CallOutcome {

		@Override
		public String toString() {
			return "InputRequired[requests=" + this.requests.keySet() + "]";
		}

	}

	/**
	 * The client gets a stream of events that outlives the call.
	 *
	 * @param source starts to feed the stream
	 */
	record Stream(EventSource source) implements CallOutcome {

	}

	/**
	 * The call was turned away before the target saw it.
	 *
	 * @param reason why
	 * @param message says what happened and what to do, safe for any client
	 * @param data facts for programs, may be empty
	 * @param headers response headers that belong to the refusal
	 */
	record Refusal(RefusalReason reason, String message, Map<String, Object> data,
			Map<String, String> headers) implements CallOutcome {

	}

	/**
	 * The target, or something on the way to it, went wrong.
	 *
	 * @param kind what went wrong
	 * @param message safe for any client, and of use to a model
	 * @param cause for logs and records only
	 */
	record Failure(FailureKind kind, String message, @Nullable Throwable cause) implements CallOutcome {

	}

}
