// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a call that waits for input leaves with its client until the next round.
 *
 * @param id names this state, for single use
 * @param binding what the state belongs to
 * @param issued when it was left
 * @param expires when the client is too late
 * @param once whether the state may be used only once
 * @param further whether the round that left it has come further than the one before
 * @param progress how far the call has come
 */
record RequestState(String id, Binding binding, Instant issued, Instant expires, boolean once, boolean further,
		Progress progress) {

	@Override
	public String toString() {
		return "RequestState[expires=" + this.expires + "]";
	}

	/**
	 * How far a call has come.
	 *
	 * @param answers the answers so far, by key
	 * @param asked digests of the questions put so far, by key
	 * @param steps the results of the steps that have run, by name
	 * @param carried the application's own state
	 */
	record Progress(Map<String, Map<String, Object>> answers, Map<String, String> asked,
			Map<String, @Nullable Object> steps, @Nullable Object carried) {

		static final Progress NONE = new Progress(Map.of(), Map.of(), Map.of(), null);

		@Override
		public String toString() {
			return "Progress[answers=" + this.answers.keySet() + "]";
		}

	}

	/**
	 * What a state belongs to, so that it is of no use to anybody else or for anything
	 * else.
	 *
	 * @param owner the key of the caller
	 * @param method the method of the call
	 * @param target the tool, prompt or resource
	 * @param arguments a digest of the arguments
	 */
	record Binding(String owner, String method, String target, String arguments) {

		/**
		 * Tell in what another binding differs, for the log.
		 * @return the name of the first part that differs, or {@code null}
		 */
		@Nullable String differenceTo(Binding other) {
			if (!this.owner.equals(other.owner)) {
				return "caller";
			}
			if (!this.method.equals(other.method)) {
				return "method";
			}
			if (!this.target.equals(other.target)) {
				return "target";
			}
			return (this.arguments.equals(other.arguments)) ? null : "set of arguments";
		}

	}

}
