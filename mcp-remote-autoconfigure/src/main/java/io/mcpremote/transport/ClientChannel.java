// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.mcpremote.call.CallOutcome.InputRequired;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.InputRequest;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import org.jspecify.annotations.Nullable;

/**
 * The way from a call back to its client, as far as the client's protocol revision has
 * one.
 */
interface ClientChannel {

	/**
	 * Note that the target of the call is about to be run.
	 * @return why it must not be, or {@code null}
	 */
	default @Nullable Refusal begin() {
		return null;
	}

	/**
	 * Ask the client.
	 * @param requests the questions by key
	 * @param within how long it has to answer, {@code null} for as long as usual
	 * @return the answers by key; fails with a {@link io.mcpremote.call.CallSignal} if
	 * the call has to end first
	 */
	CompletableFuture<Map<String, Map<String, Object>>> ask(Map<String, InputRequest> requests,
			@Nullable Duration within);

	/**
	 * Return whether a question may have to wait for its answer while the call goes on.
	 */
	default boolean canWait() {
		return false;
	}

	/**
	 * Return a key for a question that the application gave none.
	 * @param method the method of the question
	 */
	String nextKey(String method);

	/**
	 * Return what is remembered of a step, as JSON types.
	 * @return a holder of the result, or {@code null} if the step has not run
	 */
	@Nullable Remembered remembered(String step);

	/**
	 * Remember the result of a step.
	 */
	void remember(String step, @Nullable Object result);

	/**
	 * Return the value carried last, as JSON types.
	 */
	@Nullable Object carried();

	/**
	 * Carry a value into the next rounds.
	 */
	void carry(Object state);

	/**
	 * Accept the answers to the questions that follow only once.
	 */
	void singleUse();

	/**
	 * Take no other answers in place of those that came with this round.
	 */
	default void useUp() {
	}

	/**
	 * Return with what the call has to end, even if the application has swallowed the
	 * signal that said so.
	 * @return the questions, or {@code null} if none are open
	 */
	default @Nullable InputRequired required() {
		return null;
	}

	/**
	 * Return what names the round that the call goes on with.
	 * @return the name, or {@code null} if the call begins, or begins once more because
	 * its client has not answered
	 */
	default @Nullable String round() {
		return null;
	}

	/**
	 * Return whether the client wants log messages of a level.
	 */
	boolean isLogged(LoggingLevel level);

	/**
	 * The result of a step.
	 *
	 * @param result the result as JSON types
	 */
	record Remembered(@Nullable Object result) {

		@Override
		public String toString() {
			return "Remembered[]";
		}

	}

}
