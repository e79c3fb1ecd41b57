// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;

/**
 * The statements that a ledger holds itself.
 */
interface HeldStatements {

	/**
	 * Go through all of them.
	 * @param action is given each of them
	 */
	void forEach(Action action) throws IOException;

	/**
	 * What is done with a statement.
	 */
	interface Action {

		void accept(Statement statement) throws IOException;

	}

}
