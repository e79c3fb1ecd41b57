// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A directory of checkpoints that cannot be reached for some time, and what is in it from
 * one month to the next.
 */
class WitnessOutageTests {

	/**
	 * More than wait to be told.
	 */
	private static final int MANY = WaitingStatements.MAX + 50;

	private final LedgerFixture fixture = new LedgerFixture();

	private final TestLedgerDatabase database = new TestLedgerDatabase();

	private final DataSource source = TestLedgerDatabase.create();

	@TempDir
	private Path temporary;

	private Path elsewhere;

	private Path away;

	@BeforeEach
	void chooseDirectories() throws IOException {
		this.elsewhere = Files.createDirectory(this.temporary.resolve("elsewhere"));
		this.away = this.temporary.resolve("away");
	}

	private void takeAway() throws IOException {
		Files.move(this.elsewhere, this.away);
	}

	private void bringBack() throws IOException {
		Files.move(this.away, this.elsewhere);
	}

	private VerificationReport verifyRows() {
		return TestLedgerDatabase.verify(this.source, this.fixture.clock, this.elsewhere);
	}

	private VerificationReport verifyFiles() throws IOException {
		return new FileVerifier(LedgerFixture.KEYS).verify(this.temporary.resolve("ledger"), this.elsewhere, null,
				() -> true);
	}

	private static void assertIntact(VerificationReport report) {
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.notices()).isEmpty();
	}

	@Test
	void rowsWhenDirectoryWasGoneForLongThenItGetsAllItMissed() throws IOException {
		JdbcAuditSink sink = this.database.sink(this.source, this.fixture.clock, this.elsewhere);
		sink.append(this.fixture.events(0, 10));
		sink.tick();
		takeAway();
		for (int i = 0; i < MANY; i++) {
			sink.append(this.fixture.events(10 * i + 10, 10));
		}
		assertThat(sink.flush()).isFalse();
		bringBack();
		assertThat(sink.flush()).as("more was missed than waits").isFalse();
		sink.tick();
		assertThat(sink.flush()).isTrue();
		sink.close();
		assertIntact(verifyRows());
		assertThat(Files.readAllLines(this.elsewhere.resolve("checkpoints-2026-08.jsonl")))
			.hasSizeGreaterThanOrEqualTo(MANY + 2);
	}

	@Test
	void rowsWhenProcessDiedMeanwhileThenTheNextOneTells() throws IOException {
		JdbcAuditSink killed = this.database.sink(this.source, this.fixture.clock, this.elsewhere);
		killed.append(this.fixture.events(0, 10));
		killed.tick();
		JdbcAuditSink ended = this.database.sink(this.source, this.fixture.clock, this.elsewhere);
		ended.append(this.fixture.events(90, 5));
		takeAway();
		killed.append(this.fixture.events(10, 30));
		ended.append(this.fixture.events(100, 30));
		ended.close();
		bringBack();
		assertThat(verifyRows().findings()).extracting(Finding::fault).contains(Fault.MISSING);
		JdbcAuditSink next = this.database.sink(this.source, this.fixture.clock, this.elsewhere);
		next.append(this.fixture.events(200, 5));
		next.tick();
		next.close();
		VerificationReport report = verifyRows();
		assertThat(report.intact()).as(report.text()).isTrue();
		List<String> lines = Files.readAllLines(this.elsewhere.resolve("checkpoints-2026-08.jsonl"));
		this.database.sink(this.source, this.fixture.clock, this.elsewhere).tick();
		assertThat(Files.readAllLines(this.elsewhere.resolve("checkpoints-2026-08.jsonl")))
			.as("nothing is told twice but what is new")
			.hasSizeLessThanOrEqualTo(lines.size() + 1)
			.startsWith(lines.toArray(String[]::new));
	}

	@Test
	void rowsWhenAForgedStatementIsInTheTableThenItIsNotTold() throws IOException {
		JdbcAuditSink sink = this.database.sink(this.source, this.fixture.clock, this.elsewhere);
		sink.append(this.fixture.events(0, 10));
		sink.close();
		String ledger = new JdbcLedger(this.source).statements().id();
		LedgerKeys other = new LedgerKeys(List.of(LedgerFixture.key("k1", 99)), List.of());
		for (LedgerKeys keys : List.of(other, LedgerFixture.KEYS)) {
			// Either not signed with the key, or of another ledger
			String of = (keys == other) ? ledger : "0".repeat(32);
			new JdbcLedger(this.source).statements()
				.insert(Statement.sign(Statement.Kind.CHECKPOINT, of,
						"20260801t120000-00000000000" + ((keys == other) ? 'a' : 'b'), 1, 5, ChainState.NONE, 5,
						ChainState.NONE, this.fixture.clock.instant(), keys));
		}
		List<String> lines = Files.readAllLines(this.elsewhere.resolve("checkpoints-2026-08.jsonl"));
		JdbcAuditSink next = this.database.sink(this.source, this.fixture.clock, this.elsewhere);
		next.tick();
		next.close();
		assertThat(Files.readAllLines(this.elsewhere.resolve("checkpoints-2026-08.jsonl"))).hasSize(lines.size() + 2)
			.noneMatch((line) -> line.contains("-00000000000"));
	}

	@Test
	void filesWhenDirectoryWasGoneForLongThenItGetsAllItMissed() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.temporary.resolve("ledger"), this.elsewhere);
		takeAway();
		for (int i = 0; i < MANY; i++) {
			sink.append(this.fixture.events(10 * i, 10));
		}
		assertThat(sink.flush()).isFalse();
		bringBack();
		sink.tick();
		assertThat(sink.flush()).isTrue();
		sink.close();
		assertIntact(verifyFiles());
	}

	@Test
	void filesWhenEndedBeforeDirectoryIsBackThenTheNextProcessTells() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.temporary.resolve("ledger"), this.elsewhere);
		takeAway();
		for (int i = 0; i < MANY; i++) {
			sink.append(this.fixture.events(10 * i, 10));
		}
		sink.close();
		bringBack();
		assertThat(verifyFiles().intact()).isFalse();
		this.fixture.sink(this.temporary.resolve("ledger"), this.elsewhere).close();
		assertIntact(verifyFiles());
	}

	@Test
	void filesWhenMonthEndsThenTailIsVouchedForAcrossIt() throws IOException {
		this.fixture.clock
			.advance(Duration.between(this.fixture.clock.instant(), Instant.parse("2026-08-31T23:59:58Z")));
		LedgerSettings oneFile = new LedgerSettings(10, Duration.ofMinutes(1), 1_000_000, Duration.ofDays(1),
				Duration.ofDays(90), false);
		Path ledger = this.temporary.resolve("ledger");
		FileAuditSink sink = this.fixture.sink(ledger, this.elsewhere, oneFile, LedgerFixture.KEYS, LedgerFile::new,
				this.fixture.clock);
		for (int i = 0; i < 4; i++) {
			sink.append(this.fixture.events(10 * i, 10));
			this.fixture.clock.advance(Duration.ofSeconds(1));
		}
		sink.close();
		Path august = this.elsewhere.resolve("checkpoints-2026-08.jsonl");
		Path september = this.elsewhere.resolve("checkpoints-2026-09.jsonl");
		assertThat(Files.readAllLines(august)).hasSize(3);
		assertThat(Files.readAllLines(september)).hasSize(3);
		assertIntact(verifyFiles());
		for (Path month : List.of(august, september)) {
			Path hidden = Files.move(month, this.temporary.resolve("hidden"));
			assertThat(verifyFiles().findings()).as("without %s", month)
				.extracting(Finding::fault)
				.contains(Fault.MISSING);
			Files.move(hidden, month);
		}
		Path file = LedgerFixture.files(ledger).get(0);
		List<String> lines = Files.readAllLines(file);
		// Up to the last checkpoint of August, and into both months
		for (int left : new int[] { lines.size() - 1, lines.size() - 5, 24, 15 }) {
			Files.write(file, lines.subList(0, left));
			assertThat(verifyFiles().findings()).as("%d lines", left).extracting(Finding::fault).contains(Fault.CUT);
		}
		Files.write(file, lines.subList(0, 24));
		Path shipped = Files.move(september, this.temporary.resolve("shipped"));
		VerificationReport report = new FileVerifier(LedgerFixture.KEYS).verify(ledger, this.elsewhere, shipped,
				() -> true);
		assertThat(report.findings()).as(report.text()).extracting(Finding::fault).contains(Fault.CUT);
	}

	@Test
	void filesWhenClockIsSetBackAcrossTheMonthThenStillIntact() throws IOException {
		this.fixture.clock.advance(Duration.ofDays(31));
		FileAuditSink sink = this.fixture.sink(this.temporary.resolve("ledger"), this.elsewhere);
		sink.append(this.fixture.events(0, 10));
		this.fixture.clock.advance(Duration.ofDays(-2));
		sink.append(this.fixture.events(10, 10));
		sink.tick();
		this.fixture.clock.advance(Duration.ofDays(3));
		sink.append(this.fixture.events(20, 10));
		sink.close();
		assertIntact(verifyFiles());
	}

	@Test
	void filesWhenMonthIsLargeThenVerifiedAndCompletedAllTheSame() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.temporary.resolve("ledger"), this.elsewhere);
		sink.append(this.fixture.events(0, 25));
		sink.close();
		Path month = this.elsewhere.resolve("checkpoints-2026-08.jsonl");
		List<String> lines = Files.readAllLines(month);
		StringBuilder many = new StringBuilder();
		for (int i = 0; i < 40_000; i++) {
			many.append(lines.get(i % lines.size())).append('\n');
		}
		Files.writeString(month, many);
		assertIntact(verifyFiles());
		// Numbers that nobody has signed take no memory
		String forged = lines.get(0).replaceFirst("\"number\":1,", "\"number\":9999999999999999,");
		Files.writeString(month, many + forged + '\n');
		assertThat(verifyFiles().findings()).extracting(Finding::fault).containsExactly(Fault.FORGED);
		assertThat(new CheckpointFiles(this.elsewhere).known().has(Statement.parse(lines.get(1)))).isTrue();
	}

	@Test
	void rowsWhenOldThenTheirMonthsAreDeletedInTheDirectoryToo() throws IOException {
		JdbcAuditSink sink = this.database.sink(this.source, this.fixture.clock, this.elsewhere);
		sink.tick();
		Path stranger = Files.writeString(this.elsewhere.resolve("checkpoints-of-mine.jsonl"), "");
		this.fixture.live(280, sink::tick);
		sink.close();
		assertThat(this.elsewhere.resolve("checkpoints-2026-08.jsonl")).doesNotExist();
		assertThat(this.elsewhere.resolve("checkpoints-2026-10.jsonl")).exists();
		assertThat(stranger).exists();
		assertIntact(verifyRows());
	}

}
