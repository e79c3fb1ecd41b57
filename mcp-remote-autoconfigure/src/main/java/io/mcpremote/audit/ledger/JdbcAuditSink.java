// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

import io.mcpremote.audit.AuditEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Keeps events in chained rows of a table, to which other processes may write as well.
 */
final class JdbcAuditSink extends ChainedAuditSink {

	private final JdbcLedger ledger;

	private final LedgerKeys keys;

	private final @Nullable Path checkpointDirectory;

	private final JdbcChain chain;

	private final JdbcRetention retention;

	private final Checkpoints checkpoints;

	private final Clock clock;

	JdbcAuditSink(JdbcLedger ledger, LedgerKeys keys, LedgerSettings settings, @Nullable Path checkpointDirectory,
			Checkpoints checkpoints, String process, RandomGenerator random, Clock clock) {
		super("jdbc", "the database", checkpoints, clock);
		Log log = LogFactory.getLog(JdbcAuditSink.class);
		this.ledger = ledger;
		this.keys = keys;
		this.checkpointDirectory = checkpointDirectory;
		this.checkpoints = checkpoints;
		this.clock = clock;
		this.chain = new JdbcChain(ledger, settings, keys, checkpoints, process, random, clock);
		this.retention = new JdbcRetention(ledger, keys, checkpoints, new RetentionTime(clock, settings, log), log);
		// Nothing in the database tells which process died before it could tell
		checkpoints.suspect();
	}

	/**
	 * Begin the chain if the database can be reached.
	 */
	void begin() {
		alone(this.chain::begin);
		flush();
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
		return ex instanceof IOException || ex instanceof DataAccessException || ex instanceof TransactionException;
	}

	@Override
	void write(List<AuditEvent> events) {
		this.chain.append(events);
	}

	@Override
	void maintain() {
		this.chain.tick();
	}

	@Override
	void retain() throws IOException {
		this.retention.run(chain());
	}

	@Override
	void complete() throws IOException {
		String id = this.ledger.statements().id();
		if (id != null) {
			this.checkpoints.complete(id, this.ledger.statements().held(), this.keys);
		}
	}

	@Override
	void end() {
		this.chain.end();
		flush();
	}

	@Override
	VerificationReport look(Duration limit) throws IOException {
		return new JdbcVerifier(this.ledger, this.keys, this.clock).verify(this.checkpointDirectory, null, chain(),
				TimeLimit.of(limit));
	}

	@Override
	UsageReport count(UsageQuery query, Duration limit) {
		return new JdbcUsage(this.ledger.dataSource()).count(query, limit);
	}

}
