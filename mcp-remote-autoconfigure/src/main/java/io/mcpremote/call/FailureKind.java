// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

/**
 * What kind of thing went wrong in a call.
 *
 * @since 0.1.0
 */
public enum FailureKind {

	/**
	 * The target threw, or what it gave back was no answer.
	 */
	FAILED,

	/**
	 * The target says itself, in words meant for the client, why it failed.
	 */
	TOLD,

	/**
	 * The target answers with a JSON-RPC error of its own making, which the cause holds.
	 */
	RPC_ERROR,

	/**
	 * The arguments do not fit the target.
	 */
	INVALID_ARGUMENTS,

	/**
	 * The client took the call back or went away.
	 */
	CANCELLED,

	/**
	 * The target took longer than it may.
	 */
	DEADLINE,

	/**
	 * The target is not called, since it has failed too often of late.
	 */
	CIRCUIT_OPEN,

	/**
	 * The target was not called, since nobody has confirmed that it should be.
	 */
	NOT_CONFIRMED,

	/**
	 * The target is past its removal date.
	 */
	REMOVED,

	/**
	 * The target gave back more than anybody should be sent.
	 */
	OUTPUT_TOO_LARGE

}
