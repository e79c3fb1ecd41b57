// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What is kept elsewhere of one chain.
 *
 * @param last the last statement, {@code null} if there is none
 * @param strict whether there should be all statements
 * @param first the number of the first one that is there
 */
record Witness(@Nullable Statement last, boolean strict, long first) {

	boolean contradicts(LedgerLine line) {
		return this.last != null && this.last.seq() == line.seq() && !this.last.mac().equals(line.mac());
	}

	/**
	 * Return whether another statement was kept under the same number.
	 */
	boolean contradicts(Statement statement) {
		return this.last != null && this.last.number() == statement.number()
				&& !this.last.signed().equals(statement.signed());
	}

	/**
	 * Return whether a statement should be there and is not.
	 * @param from the first statement of what is kept of the chain
	 * @param to the last one
	 */
	boolean lacks(long from, long to) {
		return this.strict && from <= to && (this.last == null || this.last.number() < to || this.first > from);
	}

	/**
	 * Return whether it tells of more than was deleted in order.
	 */
	boolean isBeyond(@Nullable Statement anchor) {
		return this.last != null && (anchor == null || this.last.seq() > anchor.seq());
	}

}
