// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

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

	private final ReentrantLock writing = new ReentrantLock();

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

	/**
	 * Take statements. The directory gets them with the next {@link #flush()}, as nobody
	 * who writes a chain may wait for it.
	 */
	void publish(List<Statement> statements) {
		for (Statement statement : statements) {
			this.checkpoints.info(statement.text());
			if (this.files != null) {
				keep(statement);
			}
		}
	}

	private void keep(Statement statement) {
		synchronized (this.waiting) {
			if (this.waiting.size() >= MAX_WAITING) {
				this.waiting.remove();
			}
			this.waiting.add(statement);
		}
	}

	/**
	 * Take to the directory what it has not got yet.
	 * @return whether it has everything now
	 */
	boolean flush() {
		CheckpointFiles files = this.files;
		if (files == null) {
			return true;
		}
		this.writing.lock();
		try {
			Statement next = next(null);
			while (next != null) {
				files.append(next);
				next = next(next);
			}
			this.failing = false;
			return true;
		}
		catch (IOException ex) {
			if (!this.failing) {
				this.log.warn("Checkpoints of the audit ledger cannot be kept in their directory."
						+ " Until they can, only the log tells whether the ledger has been cut.", ex);
			}
			this.failing = true;
			return false;
		}
		finally {
			this.writing.unlock();
		}
	}

	/**
	 * Return the next one, after one that is done with.
	 */
	private @Nullable Statement next(@Nullable Statement done) {
		synchronized (this.waiting) {
			if (done != null && this.waiting.peek() == done) {
				this.waiting.remove();
			}
			return this.waiting.peek();
		}
	}

	/**
	 * Return the numbers of statements of a chain that the directory has.
	 */
	Set<Long> numbers(String chain) throws IOException {
		return (this.files != null) ? this.files.numbers(chain) : Set.of();
	}

}
