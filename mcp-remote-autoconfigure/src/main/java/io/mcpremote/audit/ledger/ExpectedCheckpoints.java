// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

/**
 * The checkpoints of a chain that should be kept elsewhere.
 *
 * @param chain the chain
 * @param where the last file or the table
 * @param from the first statement of what is kept of the chain
 * @param to the last one
 * @param ended whether the chain has an end
 */
record ExpectedCheckpoints(String chain, String where, long from, long to, boolean ended) {

	/**
	 * Return whether some are not there. Without an end, the process may have died before
	 * the last ones were.
	 */
	boolean areLackedBy(Witness witness) {
		Statement last = witness.last();
		return witness.lacks(this.from, (this.ended) ? this.to : (last != null) ? Math.min(this.to, last.number()) : 0);
	}

}
