// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.call.StartupException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events in chained files of a directory, which other processes, and other
 * applications of this one, may use as well.
 */
final class FileAuditSink extends ChainedAuditSink {

	private final LedgerDirectory directory;

	private final LedgerKeys keys;

	private final @Nullable CheckpointFiles checkpointFiles;

	private final Checkpoints checkpoints;

	private final FileRetention retention;

	private final String ledger;

	private final FileLease lease;

	private final FileChain chain;

	FileAuditSink(LedgerDirectory directory, LedgerKeys keys, LedgerSettings settings,
			@Nullable CheckpointFiles checkpointFiles, Checkpoints checkpoints, String process,
			LedgerFile.Opener opener, RandomGenerator random, Clock clock) throws IOException {
		super("file", directory.path().toString(), checkpoints, clock);
		Log log = LogFactory.getLog(FileAuditSink.class);
		this.directory = directory;
		this.keys = keys;
		this.checkpointFiles = checkpointFiles;
		this.checkpoints = checkpoints;
		this.retention = new FileRetention(directory, keys, checkpoints, new RetentionTime(clock, settings, log), log);
		try (FileLease alone = alone()) {
			refuseIfNameIsGone();
			this.ledger = directory.makeId(random);
			new FileRecovery(directory, keys, checkpoints, clock, process, log).run(this.ledger);
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
		catch (IOException | RuntimeException ex) {
			this.lease.close();
			throw ex;
		}
	}

	/**
	 * Wait for others that look after the directory, which does not take them long.
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
	String chain() {
		return this.chain.name();
	}

	@Override
	ChainState state() {
		return this.chain.state();
	}

	@Override
	boolean isOutage(Exception ex) {
		return ex instanceof IOException;
	}

	@Override
	void write(List<AuditEvent> events) throws IOException {
		this.chain.append(events);
	}

	@Override
	void maintain() throws IOException {
		this.chain.tick();
	}

	@Override
	void retain() throws IOException {
		this.retention.run(this.ledger, chain());
	}

	/**
	 * Other chains are looked after by whoever writes them, or starts after that.
	 */
	@Override
	void complete() throws IOException {
		SortedMap<Integer, Path> files = this.directory.chains().get(chain());
		if (files != null) {
			this.checkpoints.complete(this.ledger, new FileStatements(chain(), files.values()), this.keys);
		}
	}

	@Override
	void end() throws IOException {
		boolean told;
		try {
			this.chain.end();
			told = flush();
		}
		finally {
			this.lease.close();
		}
		if (told) {
			// Else the next process finds the lock, and tells instead
			Files.deleteIfExists(this.directory.lock(chain()));
		}
	}

	@Override
	VerificationReport look(Duration limit) throws IOException {
		Path kept = (this.checkpointFiles != null) ? this.checkpointFiles.directory() : null;
		return new FileVerifier(this.keys).verify(this.directory.path(), kept, null, chain(), TimeLimit.of(limit));
	}

	@Override
	UsageReport count(UsageQuery query, Duration limit) throws IOException {
		return new UsageCount(query, TimeLimit.of(limit)).of(this.directory);
	}

}
