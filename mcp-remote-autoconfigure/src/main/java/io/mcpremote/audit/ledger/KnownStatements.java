// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.HashMap;
import java.util.Map;

/**
 * Which statements somebody has, whether they are genuine or not.
 */
final class KnownStatements {

	private final Map<String, Numbers> numbers = new HashMap<>();

	private final Map<String, Long> anchors = new HashMap<>();

	/**
	 * Add a statement. Of anchors only the last one of a chain is needed.
	 * @return whether it was not known
	 */
	boolean add(Statement statement) {
		if (statement.kind() == Statement.Kind.ANCHOR) {
			Long before = this.anchors.get(statement.chain());
			boolean later = before == null || before < statement.seq();
			if (later) {
				this.anchors.put(statement.chain(), statement.seq());
			}
			return later;
		}
		return this.numbers.computeIfAbsent(statement.chain(), (chain) -> new Numbers()).add(statement.number());
	}

}
