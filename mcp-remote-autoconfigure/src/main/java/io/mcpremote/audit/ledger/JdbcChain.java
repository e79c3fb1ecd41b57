// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.mcpremote.audit.AuditEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;

/**
 * The chain that this process writes to the table, in sections that are deleted one by
 * one when they are old. It begins with the first record. For one thread at a time.
 */
final class JdbcChain {

	private final JdbcLedger ledger;

	private final LedgerSettings settings;

	private final LedgerKeys keys;

	private final Checkpoints checkpoints;

	private final String process;

	private final RandomGenerator random;

	private final Clock clock;

	private volatile @Nullable ChainWriter writer;

	private int section;

	/**
	 * Where the chain may have come to, if it is not known whether the last records were
	 * inserted.
	 */
	private @Nullable ChainState attempted;

	private Instant begun = Instant.EPOCH;

	private Instant stated = Instant.EPOCH;

	JdbcChain(JdbcLedger ledger, LedgerSettings settings, LedgerKeys keys, Checkpoints checkpoints, String process,
			RandomGenerator random, Clock clock) {
		this.ledger = ledger;
		this.settings = settings;
		this.keys = keys;
		this.checkpoints = checkpoints;
		this.process = process;
		this.random = random;
		this.clock = clock;
	}

	/**
	 * Begin the chain unless it has begun.
	 */
	ChainWriter begin() {
		ChainWriter current = this.writer;
		if (current != null) {
			settle(current);
			return current;
		}
		String id = this.ledger.makeId(ChainId.ledger(this.random), this.checkpoints.isUsed());
		ChainWriter fresh = new ChainWriter(id, ChainId.next(this.clock.instant(), this.random), this.keys.current(),
				this.keys, new ChainState());
		this.section = 0;
		this.attempted = null;
		write(fresh, (records) -> {
			records.open(1, this.keys.current(), this.process);
			records.state(Statement.Kind.CHECKPOINT, this.clock.instant());
		}, 1);
		this.writer = fresh;
		return fresh;
	}

	void append(List<AuditEvent> events) {
		ChainWriter current = begin();
		rotateIfDue(current);
		long next = current.state().next;
		try {
			insert(current, events);
		}
		catch (TransientDataAccessException ex) {
			// Such as the victim of a deadlock, which may only try again if it was one
			if (begin().state().next == next) {
				insert(current, events);
			}
		}
	}

	private void insert(ChainWriter current, List<AuditEvent> events) {
		write(current, (records) -> {
			events.forEach(records::add);
			if (isStatementDue(records)) {
				records.state(Statement.Kind.CHECKPOINT, this.clock.instant());
			}
		}, this.section);
	}

	void tick() {
		ChainWriter current = begin();
		rotateIfDue(current);
		if (isStatementDue(current)) {
			write(current, (records) -> records.state(Statement.Kind.CHECKPOINT, this.clock.instant()), this.section);
		}
	}

	void end() {
		ChainWriter current = this.writer;
		if (current != null) {
			settle(current);
			write(current, (records) -> records.state(Statement.Kind.END, this.clock.instant()), this.section);
		}
	}

	ChainState state() {
		ChainWriter current = this.writer;
		return (current != null) ? current.state() : new ChainState();
	}

	String name() {
		ChainWriter current = this.writer;
		return (current != null) ? current.chain() : "";
	}

	/**
	 * A section that nobody adds to any more is old one day, hence even an idle process
	 * begins others.
	 */
	private void rotateIfDue(ChainWriter current) {
		if (FileChain.isWithin(this.clock.instant(), this.begun, this.settings.maxAge())) {
			return;
		}
		write(current, (records) -> records.state(Statement.Kind.CHECKPOINT, this.clock.instant()), this.section);
		int next = this.section + 1;
		write(current, (records) -> records.open(next, this.keys.current(), this.process), next);
	}

	private boolean isStatementDue(ChainWriter records) {
		long unstated = records.state().unstated;
		return unstated >= this.settings.checkpointEvents() || (unstated > 0
				&& !FileChain.isWithin(this.clock.instant(), this.stated, this.settings.checkpointInterval()));
	}

	private void write(ChainWriter records, Consumer<ChainWriter> content, int target) {
		Instant now = this.clock.instant();
		records.begin(now);
		try {
			content.accept(records);
			this.attempted = records.state();
			this.ledger.insert(target, records.records(), records.statements());
			kept(records, target, now);
		}
		catch (DuplicateKeyException ex) {
			// Somebody has put something where this chain would go on: others can only
			// begin anew
			this.writer = null;
			this.attempted = null;
			throw ex;
		}
		finally {
			records.forget();
		}
	}

	private void kept(ChainWriter records, int target, Instant now) {
		this.attempted = null;
		if (target != this.section) {
			this.section = target;
			this.begun = now;
		}
		List<Statement> statements = records.keep();
		if (!statements.isEmpty()) {
			this.stated = now;
			this.checkpoints.publish(statements);
		}
	}

	/**
	 * Find out whether the records of a failed transaction are there after all.
	 */
	private void settle(ChainWriter current) {
		ChainState uncertain = this.attempted;
		if (uncertain == null) {
			return;
		}
		StoredRecord last = this.ledger.events().last(current.chain(), Long.MAX_VALUE);
		LedgerLine line = (last != null) ? JdbcEvents.parse(last.text()) : null;
		if (last != null && line != null && last.seq() == uncertain.next - 1 && line.mac().equals(uncertain.mac)) {
			current.adopt(uncertain);
			this.section = last.section();
			this.checkpoints.publish(current.statements());
		}
		this.attempted = null;
	}

}
