// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditException;
import io.mcpremote.audit.AuditSink;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events in a chain, one thread at a time, wherever that is.
 */
abstract class ChainedAuditSink implements AuditSink, AuditLedger {

	private static final Duration RETENTION_INTERVAL = Duration.ofHours(1);

	/**
	 * After that time of one attempt nobody waits for a disk or database any longer.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Log log = LogFactory.getLog(getClass());

	private final String name;

	private final String place;

	private final Checkpoints checkpoints;

	private final Clock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicBoolean closing = new AtomicBoolean();

	private Instant retained = Instant.EPOCH;

	private boolean closed;

	// Whether the last events were. What is due without events may need no room
	private boolean refused;

	private volatile @Nullable Instant begun;

	private volatile @Nullable String failure;

	private volatile LedgerStatus status;

	/**
	 * Create a sink.
	 * @param name the name of the sink
	 * @param place says where the ledger is
	 * @param checkpoints where statements go
	 * @param clock the time
	 */
	ChainedAuditSink(String name, String place, Checkpoints checkpoints, Clock clock) {
		this.name = name;
		this.place = "audit ledger in " + place;
		this.checkpoints = checkpoints;
		this.clock = clock;
		this.status = new LedgerStatus(name, "", 0, 0, 0, null);
	}

	/**
	 * Return the name of the chain, empty if it has not begun.
	 */
	abstract String chain();

	/**
	 * Return how far the chain has come.
	 */
	abstract ChainState state();

	/**
	 * Return whether it is the disk or the database that failed.
	 */
	abstract boolean isOutage(Exception ex);

	/**
	 * Put events into the chain.
	 */
	abstract void write(List<AuditEvent> events) throws IOException;

	/**
	 * Do what is due without events.
	 */
	abstract void maintain() throws IOException;

	/**
	 * Delete what is too old.
	 */
	abstract void retain() throws IOException;

	/**
	 * Give the directory of checkpoints what it lacks.
	 */
	abstract void complete() throws IOException;

	/**
	 * End the chain.
	 */
	abstract void end() throws IOException;

	abstract VerificationReport look(Duration limit) throws IOException;

	abstract UsageReport count(UsageQuery query, Duration limit) throws IOException;

	@Override
	public final String name() {
		return this.name;
	}

	@Override
	public final boolean isDurable() {
		return true;
	}

	@Override
	public final void append(List<AuditEvent> events) {
		try {
			alone(() -> {
				if (this.closed) {
					throw new AuditException("The " + this.place + " has been closed", null);
				}
				this.refused = true;
				write(events);
				this.refused = false;
				this.failure = null;
			});
		}
		catch (IOException | RuntimeException ex) {
			throw unchecked("Events cannot be written to the " + this.place, ex);
		}
	}

	/**
	 * Do what is due without events: checkpoints, another file or section, and what is
	 * too old.
	 */
	final void tick() {
		attempt("A checkpoint cannot be written to the ", () -> alone(() -> {
			if (!this.closed) {
				maintain();
				if (!this.refused) {
					this.failure = null;
				}
			}
		}));
		flush();
		if (this.checkpoints.isLacking()) {
			attempt("Checkpoints that are missing in their directory cannot be added from the ", this::complete);
		}
		Instant now = this.clock.instant();
		if (now.isBefore(this.retained) || !now.isBefore(this.retained.plus(RETENTION_INTERVAL))) {
			this.retained = now;
			attempt("What is too old cannot be deleted from the ", this::retain);
		}
		flush();
	}

	/**
	 * Take checkpoints to where they are kept apart.
	 * @return whether they have all of them there now
	 */
	final boolean flush() {
		return this.checkpoints.flush();
	}

	/**
	 * Do something with the chain while nobody else does.
	 */
	final <X extends Exception> void alone(Work<X> work) throws X {
		this.lock.lock();
		this.begun = this.clock.instant();
		try {
			work.run();
		}
		catch (Exception ex) {
			if (isOutage(ex)) {
				this.failure = ex.getClass().getSimpleName();
			}
			throw ex;
		}
		finally {
			this.begun = null;
			remember();
			this.lock.unlock();
		}
	}

	private void attempt(String what, Work<IOException> work) {
		try {
			work.run();
		}
		catch (IOException | RuntimeException ex) {
			this.log.warn(what + this.place, ex);
		}
	}

	private RuntimeException unchecked(String what, Exception ex) {
		return (isOutage(ex) || !(ex instanceof RuntimeException other)) ? new AuditException(what, ex) : other;
	}

	@Override
	public final LedgerStatus status() {
		LedgerStatus known = this.status;
		Instant since = this.begun;
		boolean hanging = since != null && this.clock.instant().isAfter(since.plus(PATIENCE));
		return new LedgerStatus(known.name(), known.chain(), known.records(), known.events(), known.checkpoints(),
				(hanging) ? "NoAnswer" : this.failure);
	}

	/**
	 * Remember how far the chain has come, for those who must not wait for a slow disk or
	 * database.
	 */
	final void remember() {
		ChainState state = state();
		this.status = new LedgerStatus(this.name, chain(), state.next, state.events, state.statements, null);
	}

	@Override
	public final VerificationReport verify(Duration limit) {
		try {
			return look(limit);
		}
		catch (IOException | RuntimeException ex) {
			throw unchecked("The " + this.place + " cannot be read", ex);
		}
	}

	@Override
	public final UsageReport usage(UsageQuery query, Duration limit) {
		try {
			return count(query, limit);
		}
		catch (IOException | RuntimeException ex) {
			throw unchecked("The " + this.place + " cannot be read", ex);
		}
	}

	/**
	 * Whoever comes second, such as the container, does not wait for a disk or database
	 * that the first one may have given up.
	 */
	@Override
	public final void close() {
		if (!this.closing.compareAndSet(false, true)) {
			return;
		}
		attempt("The chain of this process cannot be ended in the ", () -> alone(() -> {
			this.closed = true;
			end();
		}));
	}

	/**
	 * Something that can fail.
	 *
	 * @param <X> how
	 */
	interface Work<X extends Exception> {

		void run() throws X;

	}

}
