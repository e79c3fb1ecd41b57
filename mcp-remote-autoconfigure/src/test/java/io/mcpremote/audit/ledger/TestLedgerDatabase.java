// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import javax.sql.DataSource;

import io.mcpremote.test.MutableClock;
import org.apache.commons.logging.LogFactory;
import org.apache.commons.logging.impl.NoOpLog;
import org.jspecify.annotations.Nullable;

/**
 * Databases with the tables that are shipped, and sinks that write to them.
 */
final class TestLedgerDatabase {

	private int process;

	static DataSource create() {
		return LedgerPlatform.H2.create();
	}

	JdbcAuditSink sink(DataSource source, MutableClock clock) {
		return sink(source, clock, null);
	}

	/**
	 * Return a sink of a new process.
	 * @param elsewhere where its checkpoints are kept as well, if anywhere
	 */
	JdbcAuditSink sink(DataSource source, MutableClock clock, @Nullable Path elsewhere) {
		return sink(source, clock, elsewhere, LedgerFixture.KEYS);
	}

	JdbcAuditSink sink(DataSource source, MutableClock clock, @Nullable Path elsewhere, LedgerKeys keys) {
		LedgerSettings settings = new LedgerSettings(10, Duration.ofMinutes(1), 0, Duration.ofDays(1),
				Duration.ofDays(90), true);
		return new JdbcAuditSink(new JdbcLedger(source), keys, settings, elsewhere,
				new Checkpoints((elsewhere != null) ? new CheckpointFiles(elsewhere) : null, new NoOpLog(),
						LogFactory.getLog(Checkpoints.class)),
				"1-" + ++this.process, new SecureRandom(), clock);
	}

	/**
	 * Verify at a time when no chain can have been silent for long.
	 */
	static VerificationReport verify(DataSource source) {
		return verify(source, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), null);
	}

	static VerificationReport verify(DataSource source, Clock clock, @Nullable Path elsewhere) {
		return verify(source, clock, elsewhere, LedgerFixture.KEYS);
	}

	static VerificationReport verify(DataSource source, Clock clock, @Nullable Path elsewhere, LedgerKeys keys) {
		try {
			return new JdbcVerifier(new JdbcLedger(source), keys, clock).verify(elsewhere, null, "", () -> true);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
