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
	 * Return whether a statement is known, or an anchor that tells of no less.
	 */
	boolean has(Statement statement) {
		if (statement.kind() == Statement.Kind.ANCHOR) {
			Long anchor = this.anchors.get(statement.chain());
			return anchor != null && anchor >= statement.seq();
		}
		Numbers known = this.numbers.get(statement.chain());
		return known != null && known.has(statement.number());
	}

	void add(Statement statement) {
		if (statement.kind() == Statement.Kind.ANCHOR) {
			this.anchors.merge(statement.chain(), statement.seq(), Math::max);
		}
		else {
			this.numbers.computeIfAbsent(statement.chain(), (chain) -> new Numbers()).add(statement.number());
		}
	}

}
