// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.util.List;
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

	private final @Nullable CheckpointFiles files;

	private final Log checkpoints;

	private final Log log;

	private final WaitingStatements waiting = new WaitingStatements();

	private final ReentrantLock writing = new ReentrantLock();

	private volatile boolean failing;

	/**
	 * Whether the directory may lack what does not wait for it here.
	 */
	private volatile boolean lacking;

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
			if (this.files != null && !this.waiting.add(statement)) {
				this.lacking = true;
			}
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
			Statement next = this.waiting.next(null);
			while (next != null) {
				files.append(next);
				next = this.waiting.next(next);
			}
			this.failing = false;
			return !this.lacking;
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
	 * Say that the directory may lack something, such as what another process could not
	 * tell before it died.
	 */
	void suspect() {
		this.lacking = this.files != null;
	}

	/**
	 * Return whether the directory may lack something, and can be given it.
	 */
	boolean isLacking() {
		return this.lacking && !this.failing;
	}

	/**
	 * Give the directory what it lacks. Only what is signed counts, lest this vouched for
	 * what somebody else has written.
	 * @param ledger the name of the ledger
	 * @param held what the ledger holds
	 * @param keys verify it
	 */
	void complete(String ledger, HeldStatements held, LedgerKeys keys) throws IOException {
		CheckpointFiles files = this.files;
		if (files == null) {
			return;
		}
		this.lacking = false;
		try {
			KnownStatements known = files.known();
			long[] added = new long[1];
			held.forEach((statement) -> {
				if (statement.ledger().equals(ledger) && !known.has(statement) && keys.objection(statement) == null) {
					known.add(statement);
					add(statement, files);
					added[0]++;
				}
			});
			if (added[0] > 0) {
				this.log.warn(added[0] + " checkpoints of the audit ledger that were missing in their directory"
						+ " have been added. Either it could not take them at the time, or somebody had removed them.");
			}
		}
		catch (IOException | RuntimeException ex) {
			this.lacking = true;
			throw ex;
		}
	}

	/**
	 * Those that end a chain meanwhile must not wait for all of them.
	 */
	private void add(Statement statement, CheckpointFiles files) throws IOException {
		this.writing.lock();
		try {
			files.append(statement);
			this.checkpoints.info(statement.text());
		}
		finally {
			this.writing.unlock();
		}
	}

	/**
	 * Delete what tells of nothing that is still kept.
	 */
	void forget(RetentionTime.Run run) throws IOException {
		if (this.files != null) {
			this.files.delete(run::isForgotten);
		}
	}

}
