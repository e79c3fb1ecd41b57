// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditException;
import io.mcpremote.audit.AuditSink;
import io.mcpremote.call.StartupException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events in chained files of a directory, which other processes may use as well.
 */
final class FileAuditSink implements AuditSink, AuditLedger {

	private static final Duration RETENTION_INTERVAL = Duration.ofHours(1);

	private final Log log = LogFactory.getLog(FileAuditSink.class);

	private final LedgerDirectory directory;

	private final LedgerKeys keys;

	private final @Nullable CheckpointFiles checkpointFiles;

	private final Checkpoints checkpoints;

	private final FileRetention retention;

	private final String process;

	private final Clock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private final String ledger;

	private final FileLease lease;

	private final FileChain chain;

	private Instant retained = Instant.EPOCH;

	private boolean closed;

	private volatile @Nullable String failure;

	private volatile LedgerStatus status = new LedgerStatus("file", "", 0, 0, 0, null);

	FileAuditSink(LedgerDirectory directory, LedgerKeys keys, LedgerSettings settings,
			@Nullable CheckpointFiles checkpointFiles, Checkpoints checkpoints, String process,
			LedgerFile.Opener opener, RandomGenerator random, Clock clock) throws IOException {
		this.directory = directory;
		this.keys = keys;
		this.checkpointFiles = checkpointFiles;
		this.checkpoints = checkpoints;
		this.process = process;
		this.clock = clock;
		this.retention = new FileRetention(directory, checkpointFiles, keys, checkpoints, settings.retention(), clock,
				this.log);
		try (FileLease alone = alone()) {
			refuseIfNameIsGone();
			this.ledger = directory.makeId(random);
			new FileRecovery(directory, keys, checkpoints, clock, process, this.log).run(this.ledger);
			String name = ChainId.next(clock.instant(), random);
			this.lease = lease(name);
			this.chain = new FileChain(directory, settings, keys.current(),
					new ChainWriter(this.ledger, name, keys.current(), keys, new ChainState()), checkpoints, process,
					opener, clock);
			begin();
			flush();
			remember();
		}
	}

	/**
	 * A ledger that began anew where there was one would hide that it is gone.
	 */
	private void refuseIfNameIsGone() throws IOException {
		boolean used = !this.directory.chains().isEmpty()
				|| (this.checkpointFiles != null && this.checkpointFiles.isUsed());
		if (used && this.directory.id() == null) {
			throw new StartupException(
					"The audit ledger in " + this.directory.path() + " has lost its name, the file audit-ledger.id,"
							+ " though there are records or checkpoints of a ledger.",
					"Find out who removed it, and restore it: checkpoints tell the name as \"ledger\". To begin another"
							+ " ledger, name another directory and another mcp.remote.audit.ledger.checkpoint-directory.",
					null);
		}
	}

	private void begin() throws IOException {
		try {
			this.chain.begin();
		}
		catch (IOException ex) {
			this.lease.close();
			throw ex;
		}
	}

	/**
	 * Wait for other processes that look after the directory, which does not take them
	 * long.
	 */
	private FileLease alone() throws IOException {
		long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
		FileLease alone = FileLease.take(this.directory.lock());
		while (alone == null) {
			if (System.nanoTime() > deadline) {
				throw new IOException("Another process has been holding " + this.directory.lock() + " for 30 seconds");
			}
			LockSupport.parkNanos(10_000_000);
			alone = FileLease.take(this.directory.lock());
		}
		return alone;
	}

	private FileLease lease(String name) throws IOException {
		FileLease taken = FileLease.take(this.directory.lock(name));
		if (taken == null) {
			throw new IOException("Somebody else has locked the new chain " + name);
		}
		return taken;
	}

	@Override
	public String name() {
		return "file";
	}

	@Override
	public boolean isDurable() {
		return true;
	}

	@Override
	public void append(List<AuditEvent> events) {
		this.lock.lock();
		try {
			if (this.closed) {
				throw new AuditException("The audit ledger in " + this.directory.path() + " has been closed", null);
			}
			this.chain.append(events);
			this.failure = null;
		}
		catch (IOException ex) {
			this.failure = ex.getClass().getSimpleName();
			throw new AuditException("Events cannot be written to the audit ledger in " + this.directory.path(), ex);
		}
		finally {
			remember();
			this.lock.unlock();
		}
	}

	/**
	 * Do what is due without events: checkpoints, another file, and what is too old.
	 */
	void tick() {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.chain.tick();
			}
		}
		catch (IOException ex) {
			this.failure = ex.getClass().getSimpleName();
			this.log.warn("A checkpoint cannot be written to the audit ledger in " + this.directory.path(), ex);
		}
		finally {
			remember();
			this.lock.unlock();
		}
		flush();
		retain();
		flush();
	}

	/**
	 * Take checkpoints to where they are kept apart.
	 */
	void flush() {
		this.checkpoints.flush();
	}

	private void retain() {
		Instant now = this.clock.instant();
		if (!now.isBefore(this.retained) && now.isBefore(this.retained.plus(RETENTION_INTERVAL))) {
			return;
		}
		this.retained = now;
		try {
			this.retention.run(this.ledger, this.chain.name());
		}
		catch (IOException ex) {
			this.log.warn("What is too old cannot be deleted from the audit ledger in " + this.directory.path(), ex);
		}
	}

	@Override
	public LedgerStatus status() {
		LedgerStatus known = this.status;
		return new LedgerStatus(known.name(), known.chain(), known.records(), known.events(), known.checkpoints(),
				this.failure);
	}

	/**
	 * Remember how far the chain has come, for those who must not wait for a slow disk or
	 * database.
	 */
	private void remember() {
		ChainState state = this.chain.state();
		this.status = new LedgerStatus(name(), this.chain.name(), state.next, state.events, state.statements, null);
	}

	@Override
	public VerificationReport verify(Duration limit) {
		try {
			Path checkpoints = (this.checkpointFiles != null) ? this.checkpointFiles.directory() : null;
			return new FileVerifier(this.keys, this.process).verify(this.directory.path(), checkpoints, null,
					this.chain.name(), TimeLimit.of(limit));
		}
		catch (IOException ex) {
			throw new AuditException("The audit ledger in " + this.directory.path() + " cannot be read", ex);
		}
	}

	@Override
	public UsageReport usage(UsageQuery query, Duration limit) {
		try {
			return new UsageCount(query, TimeLimit.of(limit)).of(this.directory);
		}
		catch (IOException ex) {
			throw new AuditException("The audit ledger in " + this.directory.path() + " cannot be read", ex);
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			if (this.closed) {
				return;
			}
			this.closed = true;
			this.chain.end();
			boolean told = this.checkpoints.flush();
			this.lease.close();
			if (told) {
				// Else the next process finds the lock, and tells instead
				Files.deleteIfExists(this.directory.lock(this.chain.name()));
			}
		}
		catch (IOException ex) {
			// The next process finds the chain without an end, and ends it
			this.log.warn("The audit ledger in " + this.directory.path() + " cannot be ended", ex);
		}
		finally {
			remember();
			this.lock.unlock();
		}
	}

}
