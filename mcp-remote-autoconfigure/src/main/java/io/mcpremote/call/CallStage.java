// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * The stages of a call, outermost first. This enum is the only place where the order of
 * guards is stated.
 *
 * @since 0.1.0
 */
public enum CallStage {

	/**
	 * Sees every call and every outcome, refusals included.
	 */
	OBSERVE,

	/**
	 * Puts the call and its outcome on record.
	 */
	AUDIT,

	/**
	 * Turns new calls away while the server shuts down.
	 */
	ADMIT,

	/**
	 * Limits what one caller may ask for; before authorization, so that a flood of
	 * refusals is limited too.
	 */
	CALLER_LIMIT,

	/**
	 * Decides whether the caller may use the target; a hidden and an unknown target are
	 * refused here alike.
	 */
	AUTHORIZE,

	/**
	 * Refuses targets past their removal date.
	 */
	SUNSET,

	/**
	 * Limits the use of one target.
	 */
	TOOL_LIMIT,

	/**
	 * Checks the arguments.
	 */
	VALIDATE,

	/**
	 * Answers a repeated call with the outcome of the first.
	 */
	IDEMPOTENCY,

	/**
	 * Answers from a remembered result.
	 */
	CACHE,

	/**
	 * Asks a person before something happens.
	 */
	CONFIRM,

	/**
	 * Notes what a call is to do before its target can change the arguments, and puts on
	 * durable record that it is about to run, where that is required: after everything
	 * that may refuse it for good, and before it holds what others wait for.
	 */
	RECORD,

	/**
	 * Bounds how many calls run at once.
	 */
	BULKHEAD,

	/**
	 * Stops calling what keeps failing.
	 */
	BREAKER,

	/**
	 * Bounds how long a call may take.
	 */
	DEADLINE,

	/**
	 * Checks what the target gave back.
	 */
	OUTPUT

}
