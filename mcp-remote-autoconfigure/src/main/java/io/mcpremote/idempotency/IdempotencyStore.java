// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.idempotency;

import java.time.Duration;

import io.mcpremote.call.ResultSnapshot;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which calls have been made, and what became of them. Implementations are safe
 * for use by several threads. They forget in order of age where there is no more room,
 * but never a call that is under way, and never the calls of others to make room for
 * those of one owner. One that others share keeps results as JSON, which is all that they
 * consist of. A store that throws keeps calls from being made.
 *
 * @since 0.1.0
 */
public interface IdempotencyStore {

	/**
	 * Claim a call for whoever is about to make it, unless somebody has made it, or is
	 * about to.
	 * @param call the call
	 * @param lease after what time a store that others share may forget the claim of a
	 * replica that is gone
	 * @return whether the call may be made
	 */
	Claim claim(CallIdentity call, Duration lease);

	/**
	 * Keep the result of a call that was claimed.
	 * @param call the call
	 * @param result the result
	 * @param window for how long
	 */
	void complete(CallIdentity call, ResultSnapshot result, Duration window);

	/**
	 * Give back a claim, since the call has come to nothing that should be kept.
	 * @param call the call
	 */
	void release(CallIdentity call);

	/**
	 * What has become of a call.
	 *
	 * @param state how far it has come
	 * @param result its result, if it is complete
	 */
	record Claim(State state, @Nullable CallToolResult result) {

		/**
		 * Nobody has made the call, and whoever claims it may.
		 */
		public static final Claim CLAIMED = new Claim(State.CLAIMED, null);

		/**
		 * The call is being made.
		 */
		public static final Claim RUNNING = new Claim(State.RUNNING, null);

		/**
		 * A call of the same name has another digest.
		 */
		public static final Claim OTHER = new Claim(State.OTHER, null);

		/**
		 * The call has been made.
		 * @param result its result
		 * @return the claim
		 */
		public static Claim complete(CallToolResult result) {
			return new Claim(State.COMPLETE, result);
		}

	}

	/**
	 * How far a call has come.
	 */
	enum State {

		/**
		 * Nobody has made it, and whoever claims it may.
		 */
		CLAIMED,

		/**
		 * It is being made.
		 */
		RUNNING,

		/**
		 * It has been made.
		 */
		COMPLETE,

		/**
		 * Another call has been made under the same name.
		 */
		OTHER

	}

}
