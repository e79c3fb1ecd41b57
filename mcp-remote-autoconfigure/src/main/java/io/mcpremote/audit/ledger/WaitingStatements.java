// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * Statements that wait to be taken elsewhere, the latest of them.
 */
final class WaitingStatements {

	static final int MAX = 1000;

	private final Deque<Statement> waiting = new ArrayDeque<>();

	/**
	 * Add a statement.
	 * @return whether none had to give way
	 */
	synchronized boolean add(Statement statement) {
		boolean full = this.waiting.size() >= MAX;
		if (full) {
			this.waiting.remove();
		}
		this.waiting.add(statement);
		return !full;
	}

	/**
	 * Return the next one, after one that is done with.
	 */
	synchronized @Nullable Statement next(@Nullable Statement done) {
		if (done != null && this.waiting.peek() == done) {
			this.waiting.remove();
		}
		return this.waiting.peek();
	}

}
