// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

/**
 * What can be wrong with a ledger.
 *
 * @since 0.1.0
 */
public enum Fault {

	/**
	 * A record is not what was written.
	 */
	ALTERED,

	/**
	 * Records are not there any more, though later ones are.
	 */
	MISSING,

	/**
	 * Records are not where they were written.
	 */
	REORDERED,

	/**
	 * A record is there again.
	 */
	DUPLICATED,

	/**
	 * The last records are not there any more.
	 */
	CUT,

	/**
	 * A record belongs to something else.
	 */
	FOREIGN,

	/**
	 * A statement was not made by those who have the key.
	 */
	FORGED,

	/**
	 * The chain does not end, nobody goes on with it, and nothing tells how far it had
	 * come.
	 */
	UNFINISHED,

	/**
	 * There is no key to verify it with.
	 */
	UNVERIFIABLE

}
