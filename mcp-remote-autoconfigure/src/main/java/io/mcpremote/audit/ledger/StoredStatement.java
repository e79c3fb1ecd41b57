// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table of statements.
 *
 * @param chain the chain
 * @param kind the kind of statement
 * @param seq the record that it speaks of
 * @param text the statement
 */
record StoredStatement(String chain, String kind, long seq, String text) {

	/**
	 * Return the statement if the other columns say the same.
	 */
	@Nullable Statement statement() {
		Statement statement = Statement.parse(this.text);
		return (statement != null && statement.chain().equals(this.chain) && statement.kind().text().equals(this.kind)
				&& statement.seq() == this.seq) ? statement : null;
	}

}
