// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.mcpremote.audit.AuditEvent;
import org.jspecify.annotations.Nullable;

/**
 * The chain that this process writes, file after file. For one thread at a time.
 */
final class FileChain {

	private final LedgerDirectory directory;

	private final LedgerSettings settings;

	private final LedgerKey key;

	private final ChainWriter writer;

	private final Checkpoints checkpoints;

	private final String process;

	private final LedgerFile.Opener opener;

	private final Clock clock;

	private @Nullable LedgerFile file;

	private int number;

	private long first;

	private Instant begun = Instant.EPOCH;

	private Instant stated = Instant.EPOCH;

	FileChain(LedgerDirectory directory, LedgerSettings settings, LedgerKey key, ChainWriter writer,
			Checkpoints checkpoints, String process, LedgerFile.Opener opener, Clock clock) {
		this.directory = directory;
		this.settings = settings;
		this.key = key;
		this.writer = writer;
		this.checkpoints = checkpoints;
		this.process = process;
		this.opener = opener;
		this.clock = clock;
	}

	void begin() throws IOException {
		beginFile();
		state(Statement.Kind.CHECKPOINT);
	}

	void append(List<AuditEvent> events) throws IOException {
		LedgerFile current = rotateIfDue();
		Instant now = this.clock.instant();
		this.writer.begin(now);
		try {
			events.forEach(this.writer::add);
			boolean due = isStatementDue(now);
			if (due) {
				this.writer.state(Statement.Kind.CHECKPOINT, now);
			}
			// Nobody may be told of a checkpoint that a loss of power can undo
			write(current, this.settings.force() || due);
			this.stated = (due) ? now : this.stated;
		}
		finally {
			this.writer.forget();
		}
	}

	/**
	 * Do what is due even if there are no events.
	 */
	void tick() throws IOException {
		rotateIfDue();
		if (isStatementDue(this.clock.instant())) {
			state(Statement.Kind.CHECKPOINT);
		}
	}

	void end() throws IOException {
		try {
			rotateIfDue();
			state(Statement.Kind.END);
		}
		finally {
			current().close();
		}
	}

	private boolean isStatementDue(Instant now) {
		long unstated = this.writer.state().unstated;
		return unstated >= this.settings.checkpointEvents()
				|| (unstated > 0 && !isWithin(now, this.stated, this.settings.checkpointInterval()));
	}

	/**
	 * Return whether a time has not passed yet. If the clock was set back, it has: nobody
	 * knows how long the clock would take to come there again.
	 */
	static boolean isWithin(Instant now, Instant since, Duration time) {
		return !now.isBefore(since) && now.isBefore(since.plus(time));
	}

	private void state(Statement.Kind kind) throws IOException {
		Instant now = this.clock.instant();
		this.writer.begin(now);
		try {
			this.writer.state(kind, now);
			write(current(), true);
			this.stated = now;
		}
		finally {
			this.writer.forget();
		}
	}

	private void write(LedgerFile current, boolean force) throws IOException {
		current.append(this.writer.bytes(), this.writer.length(), force);
		List<Statement> statements = this.writer.keep();
		if (!statements.isEmpty()) {
			this.checkpoints.publish(statements);
		}
	}

	private LedgerFile current() {
		LedgerFile current = this.file;
		if (current == null) {
			throw new IllegalStateException("Not begun");
		}
		return current;
	}

	private LedgerFile rotateIfDue() throws IOException {
		LedgerFile current = current();
		boolean untouched = current.isUntouched();
		// A file that holds nothing but its beginning need not be followed by another
		boolean old = this.writer.state().next > this.first + 1
				&& !isWithin(this.clock.instant(), this.begun, this.settings.maxAge());
		if (untouched && !old && current.size() < this.settings.maxSize()) {
			return current;
		}
		if (untouched) {
			state(Statement.Kind.CHECKPOINT);
		}
		LedgerFile next = beginFile();
		current.close();
		return next;
	}

	private LedgerFile beginFile() throws IOException {
		Path path = create();
		LedgerFile next = null;
		this.writer.begin(this.clock.instant());
		try {
			next = this.opener.open(path, 0);
			this.first = this.writer.state().next;
			this.writer.open(this.number + 1, this.key, this.process);
			next.append(this.writer.bytes(), this.writer.length(), true);
		}
		catch (IOException ex) {
			if (next != null) {
				next.close();
			}
			Files.deleteIfExists(path);
			throw ex;
		}
		finally {
			if (next == null || next.size() == 0) {
				this.writer.forget();
			}
		}
		this.writer.keep();
		OwnedFiles.forceDirectory(this.directory.path());
		this.file = next;
		this.number++;
		this.begun = this.clock.instant();
		return next;
	}

	private Path create() throws IOException {
		while (true) {
			Path path = this.directory.file(this.writer.chain(), this.number + 1);
			try {
				OwnedFiles.createNew(path);
				return path;
			}
			catch (FileAlreadyExistsException ex) {
				// It could not be deleted after it could not be begun
				this.number++;
			}
		}
	}

	String name() {
		return this.writer.chain();
	}

	ChainState state() {
		return this.writer.state();
	}

	int number() {
		return this.number;
	}

}
