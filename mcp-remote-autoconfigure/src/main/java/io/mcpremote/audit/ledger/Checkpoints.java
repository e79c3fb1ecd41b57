// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.mcpremote.audit.AuditException;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Takes statements to where they are kept apart from their chains: to a log, and to a
 * directory. What the directory does not take is tried again.
 */
final class Checkpoints {

	static final String LOGGER = "io.mcpremote.audit.checkpoint";

	private static final int MAX_WAITING = 1000;

	private final @Nullable CheckpointFiles files;

	private final Log checkpoints;

	private final Log log;

	private final Deque<Statement> waiting = new ArrayDeque<>();

	private boolean failing;

	/**
	 * Create checkpoints.
	 * @param files the directory, if there is one
	 * @param checkpoints the log for statements
	 * @param log the log for faults
	 */
	Checkpoints(@Nullable CheckpointFiles files, Log checkpoints, Log log) {
		this.files = files;
		this.checkpoints = checkpoints;
		this.log = log;
	}

	/**
	 * Return whether the directory has some already.
	 */
	boolean isUsed() {
		try {
			return this.files != null && this.files.isUsed();
		}
		catch (IOException ex) {
			throw new AuditException("The directory of checkpoints cannot be read", ex);
		}
	}

	synchronized void publish(List<Statement> statements) {
		for (Statement statement : statements) {
			this.checkpoints.info(statement.text());
			if (this.files != null) {
				if (this.waiting.size() >= MAX_WAITING) {
					this.waiting.remove();
				}
				this.waiting.add(statement);
			}
		}
		retry();
	}

	/**
	 * Try again what has failed.
	 */
	synchronized void retry() {
		CheckpointFiles files = this.files;
		Statement next = this.waiting.peek();
		try {
			while (files != null && next != null) {
				files.append(next);
				this.waiting.remove();
				next = this.waiting.peek();
			}
			this.failing = false;
		}
		catch (IOException ex) {
			if (!this.failing) {
				this.log.warn("Checkpoints of the audit ledger cannot be kept in their directory."
						+ " Until they can, only the log tells whether the ledger has been cut.", ex);
			}
			this.failing = true;
		}
	}

}
