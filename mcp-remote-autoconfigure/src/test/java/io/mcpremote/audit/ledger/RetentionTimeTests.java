// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.mcpremote.test.MutableClock;
import org.apache.commons.logging.impl.NoOpLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clocks that are wrong, and what they must not have deleted.
 */
class RetentionTimeTests {

	private static final Instant BEGINNING = Instant.parse("2026-08-01T12:00:00Z");

	private final LedgerFixture fixture = new LedgerFixture();

	@TempDir
	private Path temporary;

	@Test
	void tooOldWhenClockIsFarAheadThenNotUntilItHasGoneOnForAWeek() {
		MutableClock clock = new MutableClock(BEGINNING);
		RetentionTime time = new RetentionTime(clock, LedgerFixture.SETTINGS, new NoOpLog());
		List<Instant> written = new ArrayList<>(List.of(BEGINNING));
		assertThat(time.now(() -> written).isForgotten(BEGINNING)).isFalse();
		clock.advance(Duration.ofDays(365));
		for (int day = 0; day < 7; day++) {
			assertThat(time.now(() -> written).isForgotten(BEGINNING)).as("day %d", day).isFalse();
			clock.advance(Duration.ofDays(1));
		}
		assertThat(time.now(() -> written).isForgotten(BEGINNING)).isTrue();
	}

	@Test
	void tooOldWhenRestartedWithAWrongClockThenWhatItHasWrittenIsNoProof() {
		MutableClock clock = new MutableClock(BEGINNING);
		List<Instant> written = new ArrayList<>(List.of(BEGINNING));
		clock.advance(Duration.ofDays(365));
		for (int start = 0; start < 5; start++) {
			written.add(clock.instant());
			RetentionTime time = new RetentionTime(clock, LedgerFixture.SETTINGS, new NoOpLog());
			assertThat(time.now(() -> written).isForgotten(BEGINNING)).as("start %d", start).isFalse();
			clock.advance(Duration.ofDays(1));
			written.add(clock.instant());
		}
		clock.advance(Duration.ofDays(100));
		RetentionTime time = new RetentionTime(clock, LedgerFixture.SETTINGS, new NoOpLog());
		assertThat(time.now(() -> written).isForgotten(BEGINNING)).as("another jump").isFalse();
	}

	@Test
	void tooOldWhenUsedAllTheTimeThenOnceItIs() {
		MutableClock clock = new MutableClock(BEGINNING);
		List<Instant> written = new ArrayList<>();
		for (int week = 0; week < 40; week++) {
			written.add(clock.instant());
			clock.advance(Duration.ofDays(7));
		}
		RetentionTime time = new RetentionTime(clock, LedgerFixture.SETTINGS, new NoOpLog());
		assertThat(time.now(() -> written).isForgotten(BEGINNING)).isTrue();
		assertThat(time.now(() -> written).isForgotten(clock.instant().minus(Duration.ofDays(211)))).isFalse();
	}

	@Test
	void tooOldWhenNothingIsThenNobodyLooksAtWhatWasWritten() {
		RetentionTime time = new RetentionTime(new MutableClock(BEGINNING), LedgerFixture.SETTINGS, new NoOpLog());
		assertThat(time.now(() -> {
			throw new AssertionError("This is expensive");
		}).isForgotten(BEGINNING)).isFalse();
	}

	@Test
	void retentionOfFilesWhenClockIsFarAheadThenNothingIsDeleted() throws Exception {
		Path ledger = this.temporary.resolve("ledger");
		FileAuditSink sink = this.fixture.sink(ledger);
		sink.tick();
		this.fixture.live(3, () -> {
			sink.append(this.fixture.events(0, 5));
			sink.tick();
		});
		List<Path> files = LedgerFixture.files(ledger);
		assertThat(files).hasSizeGreaterThan(2);
		this.fixture.clock.advance(Duration.ofDays(1000));
		sink.tick();
		sink.close();
		for (int start = 0; start < 3; start++) {
			FileAuditSink next = this.fixture.sink(ledger);
			next.append(this.fixture.events(100, 5));
			next.tick();
			next.close();
		}
		assertThat(files).allSatisfy((file) -> assertThat(file).exists());
		assertThat(ledger.resolve("checkpoints-2026-08.jsonl")).exists();
		this.fixture.clock.advance(Duration.ofDays(-999));
		FileAuditSink corrected = this.fixture.sink(ledger);
		corrected.append(this.fixture.events(200, 5));
		this.fixture.live(10, corrected::tick);
		assertThat(files).allSatisfy((file) -> assertThat(file).exists());
		this.fixture.live(85, corrected::tick);
		corrected.close();
		assertThat(files.get(0)).as("in due time").doesNotExist();
		VerificationReport report = LedgerFixture.verify(ledger);
		assertThat(report.intact()).as(report.text()).isTrue();
	}

	@Test
	void retentionOfRowsWhenClockIsFarAheadThenNothingIsDeleted() {
		TestLedgerDatabase database = new TestLedgerDatabase();
		DataSource source = TestLedgerDatabase.create();
		JdbcAuditSink sink = database.sink(source, this.fixture.clock);
		this.fixture.live(3, () -> {
			sink.append(this.fixture.events(0, 5));
			sink.tick();
		});
		this.fixture.clock.advance(Duration.ofDays(1000));
		sink.tick();
		for (int start = 0; start < 3; start++) {
			JdbcAuditSink next = database.sink(source, this.fixture.clock);
			next.append(this.fixture.events(100, 5));
			next.tick();
			next.close();
		}
		JdbcTemplate jdbc = new JdbcTemplate(source);
		String anchors = "select count(*) from mcp_remote_audit_checkpoint where kind = 'anchor'";
		assertThat(jdbc.queryForObject(anchors, Integer.class)).isZero();
		this.fixture.live(8, sink::tick);
		assertThat(jdbc.queryForObject(anchors, Integer.class)).as("a clock that goes on is believed").isOne();
		sink.close();
		VerificationReport report = TestLedgerDatabase.verify(source);
		assertThat(report.intact()).as(report.text()).isTrue();
	}

	@Test
	void retentionWhenClockIsSetBackThenNothingIsDeleted() throws Exception {
		Path ledger = this.temporary.resolve("ledger");
		FileAuditSink sink = this.fixture.sink(ledger);
		sink.append(this.fixture.events(0, 5));
		sink.close();
		this.fixture.clock.advance(Duration.ofDays(-4000));
		FileAuditSink next = this.fixture.sink(ledger);
		this.fixture.live(10, next::tick);
		next.close();
		assertThat(LedgerFixture.ids(ledger)).hasSize(5);
		assertThat(Files.exists(ledger.resolve("checkpoints-2026-08.jsonl"))).isTrue();
		VerificationReport report = LedgerFixture.verify(ledger);
		assertThat(report.intact()).as(report.text()).isTrue();
	}

}
