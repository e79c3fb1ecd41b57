// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditException;
import io.mcpremote.audit.AuditSink;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Keeps events in chained rows of a table, to which other processes may write as well.
 */
final class JdbcAuditSink implements AuditSink, AuditLedger {

	private static final Duration RETENTION_INTERVAL = Duration.ofHours(1);

	private final Log log = LogFactory.getLog(JdbcAuditSink.class);

	private final JdbcLedger ledger;

	private final LedgerKeys keys;

	private final @Nullable Path checkpointDirectory;

	private final JdbcChain chain;

	private final JdbcRetention retention;

	private final Checkpoints checkpoints;

	private final Clock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private Instant retained = Instant.EPOCH;

	private boolean closed;

	private volatile @Nullable String failure;

	private volatile LedgerStatus status = new LedgerStatus("jdbc", "", 0, 0, 0, null);

	JdbcAuditSink(JdbcLedger ledger, LedgerKeys keys, LedgerSettings settings, @Nullable Path checkpointDirectory,
			Checkpoints checkpoints, String process, RandomGenerator random, Clock clock) {
		this.ledger = ledger;
		this.keys = keys;
		this.checkpointDirectory = checkpointDirectory;
		this.checkpoints = checkpoints;
		this.clock = clock;
		this.chain = new JdbcChain(ledger, settings, keys, checkpoints, process, random, clock);
		this.retention = new JdbcRetention(ledger, keys, checkpoints, settings.retention(), clock, this.log);
	}

	@Override
	public String name() {
		return "jdbc";
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
				throw new AuditException("The audit ledger in the database has been closed", null);
			}
			this.chain.append(events);
			this.failure = null;
		}
		catch (DataAccessException | TransactionException ex) {
			this.failure = ex.getClass().getSimpleName();
			throw new AuditException("Events cannot be written to the audit ledger in the database", ex);
		}
		finally {
			remember();
			this.lock.unlock();
		}
	}

	/**
	 * Do what is due without events: checkpoints, another section, and what is too old.
	 */
	void tick() {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.chain.tick();
			}
		}
		catch (DataAccessException | TransactionException ex) {
			this.failure = ex.getClass().getSimpleName();
			this.log.warn("A checkpoint cannot be written to the audit ledger in the database", ex);
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
			this.retention.run(this.chain.name());
		}
		catch (DataAccessException | TransactionException ex) {
			this.log.warn("What is too old cannot be deleted from the audit ledger in the database", ex);
		}
	}

	/**
	 * Begin the chain if the database can be reached.
	 */
	void begin() {
		this.lock.lock();
		try {
			this.chain.begin();
			flush();
		}
		finally {
			remember();
			this.lock.unlock();
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
			return new JdbcVerifier(this.ledger, this.keys, this.clock).verify(this.checkpointDirectory, null,
					this.chain.name(), TimeLimit.of(limit));
		}
		catch (IOException | DataAccessException ex) {
			throw new AuditException("The audit ledger in the database cannot be read", ex);
		}
	}

	@Override
	public UsageReport usage(UsageQuery query, Duration limit) {
		try {
			return new JdbcUsage(this.ledger.dataSource()).count(query, limit);
		}
		catch (DataAccessException ex) {
			throw new AuditException("The audit ledger in the database cannot be read", ex);
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.closed = true;
				this.chain.end();
				flush();
			}
		}
		catch (DataAccessException | TransactionException ex) {
			this.log.warn("The audit ledger in the database cannot be ended", ex);
		}
		finally {
			remember();
			this.lock.unlock();
		}
	}

}
