// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditException;
import io.mcpremote.test.Concurrently;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FileAuditSinkTests {

	private final LedgerFixture fixture = new LedgerFixture();

	@TempDir
	private Path temporary;

	private Path directory;

	@BeforeEach
	void chooseDirectory() {
		this.directory = this.temporary.resolve("ledger");
	}

	@Test
	void appendThenIntactWithEveryEventInOrder() {
		FileAuditSink sink = this.fixture.sink(this.directory);
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			List<AuditEvent> events = this.fixture.events(i * 7, 7);
			sink.append(events);
			events.forEach((event) -> expected.add(event.id()));
		}
		sink.close();
		VerificationReport report = LedgerFixture.verify(this.directory);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.events()).isEqualTo(210);
		assertThat(report.notices()).containsExactly(Witnesses.NOT_APART);
		assertThat(LedgerFixture.files(this.directory)).hasSizeGreaterThan(5);
		assertThat(LedgerFixture.ids(this.directory)).isEqualTo(expected);
	}

	@Test
	void appendWhenManyAtOnceThenAllAreKept() {
		FileAuditSink sink = this.fixture.sink(this.directory);
		sink.append(this.fixture.events(0, 5000));
		sink.close();
		assertThat(LedgerFixture.verify(this.directory).events()).isEqualTo(5000);
		assertThat(LedgerFixture.verify(this.directory).intact()).isTrue();
	}

	@Test
	void appendWhenBeingWrittenThenVerifiedWithoutAnEnd() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.directory);
		sink.append(this.fixture.events(0, 25));
		// Whoever asks sees the lock
		VerificationReport report = new FileVerifier(LedgerFixture.KEYS).verify(this.directory, this.directory, null,
				() -> true);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.events()).isEqualTo(25);
		sink.close();
	}

	@Test
	void filesThenOnlyForTheirOwner() throws IOException {
		Path fresh = this.directory.resolve("a/b");
		FileAuditSink sink = this.fixture.sink(fresh);
		sink.append(this.fixture.events(0, 1));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh))).isEqualTo("rwx------");
		try (var files = Files.list(fresh)) {
			assertThat(files.toList()).hasSize(5)
				.allSatisfy((file) -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
					.isEqualTo("rw-------"));
		}
		sink.close();
	}

	@Test
	void appendWhenFileHasReachedItsAgeThenAnother() {
		FileAuditSink sink = this.fixture.sink(this.directory);
		sink.append(this.fixture.events(0, 1));
		this.fixture.clock.advance(Duration.ofDays(1));
		sink.append(this.fixture.events(1, 1));
		sink.close();
		assertThat(LedgerFixture.files(this.directory)).hasSize(2);
		assertThat(LedgerFixture.verify(this.directory).intact()).isTrue();
	}

	@Test
	void tickThenCheckpointForWhatIsNewAndNoneWithout() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.directory);
		sink.append(this.fixture.events(0, 3));
		sink.tick();
		assertThat(statements()).hasSize(1);
		this.fixture.clock.advance(Duration.ofMinutes(1));
		sink.tick();
		assertThat(statements()).hasSize(2);
		this.fixture.clock.advance(Duration.ofMinutes(1));
		sink.tick();
		assertThat(statements()).hasSize(2);
		sink.close();
		assertThat(statements()).hasSize(3);
		assertThat(statements().get(2).kind()).isEqualTo(Statement.Kind.END);
		assertThat(statements()).extracting(Statement::events).containsExactly(0L, 3L, 3L);
	}

	@Test
	void startWhenDirectoryOfCheckpointsWasGoneThenItGetsAllItLacks() throws IOException {
		Path elsewhere = this.temporary.resolve("elsewhere");
		FileAuditSink sink = this.fixture.sink(this.directory, elsewhere);
		Path away = Files.move(elsewhere, this.temporary.resolve("away"));
		for (int i = 0; i < 5; i++) {
			sink.append(this.fixture.events(20 * i, 20));
		}
		sink.close();
		Files.move(away, elsewhere);
		FileVerifier verifier = new FileVerifier(LedgerFixture.KEYS);
		assertThat(verifier.verify(this.directory, elsewhere, null, () -> true).intact()).isFalse();
		this.fixture.sink(this.directory, elsewhere).close();
		VerificationReport report = verifier.verify(this.directory, elsewhere, null, () -> true);
		assertThat(report.intact()).as(report.text()).isTrue();
	}

	private List<Statement> statements() throws IOException {
		return Files.readAllLines(this.directory.resolve("checkpoints-2026-08.jsonl"))
			.stream()
			.map(Statement::parse)
			.toList();
	}

	@Test
	void appendWhenClosedThenFails() {
		FileAuditSink sink = this.fixture.sink(this.directory);
		sink.close();
		sink.close();
		assertThatExceptionOfType(AuditException.class).isThrownBy(() -> sink.append(this.fixture.events(0, 1)));
	}

	@Test
	void startWhenProcessWasKilledThenItsChainEndsWithAllThatWasAppended() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.directory);
		sink.append(this.fixture.events(0, 12));
		Path killed = LedgerFixture.kill(this.directory, this.temporary.resolve("killed"));
		Path torn = LedgerFixture.files(killed).get(LedgerFixture.files(killed).size() - 1);
		Files.writeString(torn, "{\"chain\":\"half of a rec", StandardOpenOption.APPEND);
		assertThat(LedgerFixture.verify(killed).intact()).as("until it is ended, checkpoints vouch for it").isTrue();
		assertThat(LedgerFixture.verify(killed).notices()).hasSize(3);
		FileAuditSink next = this.fixture.sink(killed);
		next.append(this.fixture.events(12, 3));
		next.close();
		VerificationReport report = LedgerFixture.verify(killed);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.notices()).containsExactly(Witnesses.NOT_APART);
		assertThat(report.chains()).isEqualTo(2);
		assertThat(LedgerFixture.ids(killed)).hasSize(15).contains("e11", "e12");
		assertThat(Files.readString(torn)).contains("\"kind\":\"recovered\",\"data\":{\"torn\":23,");
		assertThat(Files.readString(Path.of(torn.toString().replace(".jsonl", ".torn"))))
			.isEqualTo("{\"chain\":\"half of a rec");
		sink.close();
	}

	@Test
	void startWhenProcessWasKilledAtEveryByteThenNothingConfirmedIsLost() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.directory);
		sink.append(this.fixture.events(0, 1));
		Path file = LedgerFixture.files(this.directory).get(0);
		long confirmed = Files.size(file);
		sink.append(this.fixture.events(1, 1));
		byte[] all = Files.readAllBytes(file);
		for (int size = (int) confirmed; size <= all.length; size += 17) {
			Path killed = LedgerFixture.kill(this.directory, this.temporary.resolve("killed-" + size));
			try (RandomAccessFile cut = new RandomAccessFile(killed.resolve(file.getFileName()).toFile(), "rw")) {
				cut.setLength(size);
			}
			this.fixture.sink(killed).close();
			VerificationReport report = LedgerFixture.verify(killed);
			assertThat(report.intact()).as(report.text()).isTrue();
			assertThat(LedgerFixture.ids(killed)).contains("e0");
		}
		sink.close();
	}

	@Test
	void startWhenProcessWasKilledWhileBeginningAFileThenThatIsSetAside() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.directory);
		sink.append(this.fixture.events(0, 5));
		Path killed = LedgerFixture.kill(this.directory, this.temporary.resolve("killed"));
		Path second = Path.of(LedgerFixture.files(killed).get(0).toString().replace("-000001.", "-000002."));
		Files.write(second, new byte[40]);
		this.fixture.sink(killed).close();
		VerificationReport report = LedgerFixture.verify(killed);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.events()).isEqualTo(5);
		assertThat(second).doesNotExist();
		sink.close();
	}

	@Test
	void appendWhenDiskIsFullThenFailsAndGoesOnLater() {
		AtomicInteger room = new AtomicInteger(Integer.MAX_VALUE);
		FileAuditSink sink = this.fixture.sink(this.directory, LedgerFixture.SETTINGS, LedgerFixture.KEYS,
				(path, size) -> new FullFile(path, size, room));
		sink.append(this.fixture.events(0, 5));
		for (int left = 0; left < 4000; left += 371) {
			room.set(left);
			int first = left;
			assertThatExceptionOfType(AuditException.class)
				.isThrownBy(() -> sink.append(this.fixture.events(100_000 + first, 30)))
				.havingCause()
				.withMessage("No space left on device");
			room.set(Integer.MAX_VALUE);
			sink.append(this.fixture.events(left + 5, 3));
		}
		sink.close();
		VerificationReport report = LedgerFixture.verify(this.directory);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.events()).isEqualTo(38);
		assertThat(LedgerFixture.ids(this.directory)).noneMatch((id) -> id.startsWith("e10000"));
	}

	@Test
	void appendWhenThreadIsInterruptedThenKept() {
		FileAuditSink sink = this.fixture.sink(this.directory);
		Thread.currentThread().interrupt();
		sink.append(this.fixture.events(0, 3));
		assertThat(Thread.interrupted()).isTrue();
		sink.append(this.fixture.events(3, 3));
		sink.close();
		assertThat(LedgerFixture.verify(this.directory).events()).isEqualTo(6);
	}

	@Test
	void appendWhenFileIsTakenAwayThenAnotherIsBegunAndItIsFound() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.directory);
		sink.append(this.fixture.events(0, 3));
		Files.delete(LedgerFixture.files(this.directory).get(0));
		sink.append(this.fixture.events(3, 3));
		sink.close();
		assertThat(LedgerFixture.ids(this.directory)).containsExactly("e3", "e4", "e5");
		assertThat(LedgerFixture.verify(this.directory).findings()).first()
			.extracting(Finding::fault)
			.isEqualTo(Fault.MISSING);
	}

	@Test
	void startWhenOthersUseTheDirectoryThenNobodyIsHarmed() {
		FileAuditSink[] sinks = new FileAuditSink[4];
		for (int i = 0; i < sinks.length; i++) {
			sinks[i] = this.fixture.sink(this.directory);
		}
		Concurrently.run(sinks.length, (i) -> {
			for (int j = 0; j < 50; j++) {
				sinks[i].append(this.fixture.events(1000 * i + 10 * j, 10));
				sinks[i].tick();
			}
			sinks[i].close();
		});
		VerificationReport report = LedgerFixture.verify(this.directory);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.chains()).isEqualTo(4);
		assertThat(report.events()).isEqualTo(2000);
	}

	@Test
	void retentionThenDeletesWhatIsOldAndLeavesAnAnchor() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.directory);
		FileAuditSink ended = this.fixture.sink(this.directory);
		ended.append(this.fixture.events(900, 40));
		ended.close();
		sink.append(this.fixture.events(0, 1));
		for (int day = 1; day < 100; day++) {
			this.fixture.clock.advance(Duration.ofDays(1));
			sink.append(this.fixture.events(day, 1));
			sink.tick();
			VerificationReport report = LedgerFixture.verify(this.directory);
			assertThat(report.findings()).extracting(Finding::fault).as(report.text()).isSubsetOf(Fault.UNFINISHED);
		}
		assertThat(LedgerFixture.ids(this.directory)).doesNotContain("e0", "e7", "e900").contains("e12", "e99");
		sink.close();
		VerificationReport report = LedgerFixture.verify(this.directory);
		assertThat(report.intact()).as(report.text()).isTrue();
		try (var files = Files.list(this.directory)) {
			assertThat(files.filter((file) -> file.toString().endsWith(".anchor")).toList()).hasSize(2);
		}
		Files.delete(LedgerFixture.files(this.directory).get(0));
		assertThat(LedgerFixture.verify(this.directory).findings()).first()
			.extracting(Finding::fault)
			.isEqualTo(Fault.MISSING);
	}

	@Test
	void retentionWhenFileIsTamperedWithThenIsKept() throws IOException {
		FileAuditSink ended = this.fixture.sink(this.directory);
		ended.append(this.fixture.events(0, 5));
		ended.close();
		Path file = LedgerFixture.files(this.directory).get(0);
		Files.writeString(file, Files.readString(file).replace("2026-08-01T", "2020-08-01T"));
		FileAuditSink next = this.fixture.sink(this.directory);
		next.tick();
		next.close();
		assertThat(file).exists();
		FileAuditSink last = this.fixture.sink(this.directory);
		this.fixture.live(100, last::tick);
		last.close();
		assertThat(file).exists();
		assertThat(LedgerFixture.verify(this.directory).intact()).isFalse();
	}

	@Test
	void startWhenKeyWasRotatedThenOldChainsAreVerifiedAndEnded() {
		FileAuditSink sink = this.fixture.sink(this.directory);
		sink.append(this.fixture.events(0, 5));
		Path killed = LedgerFixture.kill(this.directory, this.temporary.resolve("killed"));
		LedgerKey fresh = LedgerFixture.key("k2", 2);
		LedgerKeys rotated = new LedgerKeys(List.of(fresh, LedgerFixture.KEY), List.of());
		FileAuditSink next = this.fixture.sink(killed, LedgerFixture.SETTINGS, rotated, LedgerFile::new);
		next.append(this.fixture.events(5, 5));
		next.close();
		assertThat(LedgerFixture.verify(killed, rotated).intact()).isTrue();
		assertThat(LedgerFixture.verify(killed, new LedgerKeys(List.of(fresh), List.of())).findings())
			.extracting(Finding::fault)
			.contains(Fault.UNVERIFIABLE);
		sink.close();
	}

	@Test
	void appendWhenCheckpointsAreForcedThenSoIsTheBatchWithOne() {
		List<Boolean> forced = new ArrayList<>();
		FileAuditSink sink = this.fixture.sink(this.directory, LedgerFixture.SETTINGS, LedgerFixture.KEYS,
				(path, size) -> new LedgerFile(path, size) {
					@Override
					void append(byte[] bytes, int length, boolean force) throws IOException {
						forced.add(force);
						super.append(bytes, length, force);
					}
				});
		forced.clear();
		sink.append(this.fixture.events(0, 3));
		assertThat(forced).containsExactly(false);
		sink.append(this.fixture.events(3, 30));
		assertThat(forced).as("with a checkpoint").containsExactly(false, true);
		sink.close();
	}

	@Test
	void appendWhenClockIsSetBackThenCheckpointsGoOn() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.directory);
		this.fixture.clock.advance(Duration.ofHours(-5));
		sink.append(this.fixture.events(0, 1));
		sink.flush();
		assertThat(statements()).hasSize(2);
		sink.append(this.fixture.events(1, 1));
		sink.flush();
		assertThat(statements()).hasSize(2);
		sink.close();
	}

	@Test
	void retentionWhenATimeIsNoneThenOtherChainsAreDeletedStill() throws IOException {
		for (int i = 0; i < 2; i++) {
			FileAuditSink ended = this.fixture.sink(this.directory);
			ended.append(this.fixture.events(0, 5));
			ended.close();
		}
		List<Path> files = LedgerFixture.files(this.directory);
		Files.writeString(files.get(0), Files.readString(files.get(0)).replace("\"time\":\"2026", "\"time\":\"x"));
		FileAuditSink last = this.fixture.sink(this.directory);
		this.fixture.live(92, last::tick);
		last.close();
		assertThat(files.get(0)).exists();
		assertThat(files.get(1)).doesNotExist();
	}

	/**
	 * A file on a disk that has so many bytes left.
	 */
	private static final class FullFile extends LedgerFile {

		private final AtomicInteger room;

		FullFile(Path path, long size, AtomicInteger room) throws IOException {
			super(path, size);
			this.room = room;
		}

		@Override
		void write(RandomAccessFile file, byte[] bytes, int length) throws IOException {
			int written = Math.min(length, this.room.get());
			super.write(file, bytes, written);
			this.room.addAndGet(-written);
			if (written < length) {
				throw new IOException("No space left on device");
			}
		}

	}

}
