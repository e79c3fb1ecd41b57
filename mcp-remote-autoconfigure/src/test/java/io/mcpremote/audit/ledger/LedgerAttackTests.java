// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.mcpremote.call.StartupException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Attacks on files that let the application start again, in the hope that it makes right
 * what was tampered with.
 */
class LedgerAttackTests {

	private final LedgerFixture fixture = new LedgerFixture();

	@TempDir
	private Path temporary;

	private Path ledger;

	private Path elsewhere;

	@BeforeEach
	void choosePlaces() {
		this.ledger = this.temporary.resolve("ledger");
		this.elsewhere = this.temporary.resolve("elsewhere");
	}

	private VerificationReport verify(Path checkpoints, Path exported) throws IOException {
		return new FileVerifier(LedgerFixture.KEYS, "2-1").verify(this.ledger, checkpoints, exported, () -> true);
	}

	private void assertFound(VerificationReport report, Fault fault) {
		assertThat(report.intact()).as(report.text()).isFalse();
		assertThat(report.findings()).as(report.text()).extracting(Finding::fault).contains(fault);
	}

	@Test
	void verifyWhenThereIsNothingThenNotIntact() throws IOException {
		Files.createDirectory(this.ledger);
		assertFound(verify(this.ledger, null), Fault.MISSING);
		Files.writeString(this.ledger.resolve("audit-ledger.id"), "0".repeat(32) + "\n");
		assertFound(verify(this.ledger, null), Fault.MISSING);
	}

	@Test
	void startWhenWholeLedgerWasDeletedThenRefusesAndIsFound() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.ledger, this.elsewhere);
		sink.append(this.fixture.events(0, 25));
		sink.close();
		assertThat(verify(this.elsewhere, null).notices()).isEmpty();
		FileSystemUtils.deleteRecursively(this.ledger);
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> this.fixture.sink(this.ledger, this.elsewhere))
			.withMessageContaining("has lost its name");
		Files.writeString(this.ledger.resolve("audit-ledger.id"), "0123456789abcdef".repeat(2) + "\n");
		assertFound(verify(this.elsewhere, null), Fault.FOREIGN);
		FileAuditSink next = this.fixture.sink(this.ledger, this.elsewhere);
		next.append(this.fixture.events(100, 5));
		next.close();
		assertFound(verify(this.elsewhere, null), Fault.FOREIGN);
		Path log = this.elsewhere.resolve("checkpoints-2026-08.jsonl");
		assertThat(verify(this.ledger, log).notices()).anyMatch((notice) -> notice.contains("tells of the ledger"));
	}

	@Test
	void startWhenTailWithShippedCheckpointWasCutThenIsFound() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.temporary.resolve("live"), this.elsewhere);
		sink.append(this.fixture.events(0, 10));
		sink.flush();
		Path shipped = Files.copy(this.elsewhere.resolve("checkpoints-2026-08.jsonl"), this.temporary.resolve("log"));
		Path killed = LedgerFixture.kill(this.temporary.resolve("live"), this.temporary.resolve("killed"));
		LedgerFixture.kill(killed, this.ledger);
		sink.close();
		Path file = LedgerFixture.files(this.ledger).get(0);
		List<String> lines = Files.readAllLines(file);
		for (int kept = lines.size() - 1; kept > 4; kept--) {
			Files.write(file, lines.subList(0, kept));
			Path place = this.temporary.resolve("checkpoints-" + kept);
			Files.createDirectory(place);
			Path checkpoints = Files.copy(shipped, place.resolve("checkpoints-2026-08.jsonl"));
			this.fixture.sink(this.ledger, place).close();
			if (kept < lines.size() - 1) {
				assertFound(verify(place, null), Fault.ALTERED);
				List<String> statements = new ArrayList<>(Files.readAllLines(checkpoints));
				statements.remove(1);
				Files.write(checkpoints, statements);
				VerificationReport report = verify(place, shipped);
				assertThat(report.intact()).as("kept %d of %d\n%s", kept, lines.size(), report.text()).isFalse();
			}
			FileSystemUtils.deleteRecursively(this.ledger);
			LedgerFixture.kill(killed, this.ledger);
		}
	}

	@Test
	void verifyWhenFileBelowAnAnchorIsNotGenuineThenIsFound() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.ledger, this.elsewhere);
		sink.append(this.fixture.events(0, 10));
		this.fixture.clock.advance(Duration.ofDays(1));
		sink.tick();
		this.fixture.clock.advance(Duration.ofDays(60));
		sink.append(this.fixture.events(10, 20));
		Path first = LedgerFixture.files(this.ledger).get(0);
		String genuine = Files.readString(first);
		this.fixture.clock.advance(Duration.ofDays(40));
		sink.tick();
		sink.close();
		assertThat(first).doesNotExist();
		assertThat(verify(this.elsewhere, null).intact()).isTrue();
		Files.writeString(first, genuine);
		VerificationReport left = verify(this.elsewhere, null);
		assertThat(left.intact()).as(left.text()).isTrue();
		assertThat(left.notices()).singleElement().asString().contains("about to be deleted");
		Files.writeString(first, genuine.replace("alice", "mallory"));
		assertFound(verify(this.elsewhere, null), Fault.ALTERED);
		Files.delete(first);
		Path twice = Path.of(first.toString().replace("-000001", "-0000002"));
		Files.writeString(twice, genuine.replace("alice", "mallory"));
		VerificationReport report = verify(this.elsewhere, null);
		assertThat(report.notices()).singleElement().asString().contains("was not looked at");
		UsageReport usage = new UsageCount(new UsageQuery(this.fixture.clock.instant().minus(Duration.ofDays(400)),
				this.fixture.clock.instant(), null, "mallory", null), () -> true)
			.of(new LedgerDirectory(this.ledger));
		assertThat(usage.rows()).as("nor does it count").isEmpty();
	}

	@Test
	void verifyWhenALongTextIsInsertedThenIsFound() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.ledger, this.elsewhere);
		sink.append(this.fixture.events(0, 5));
		sink.close();
		Path file = LedgerFixture.files(this.ledger).get(0);
		List<String> lines = Files.readAllLines(file);
		byte[] text = new byte[LineReader.LONGEST];
		Arrays.fill(text, (byte) 'x');
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int i = 0; i < lines.size(); i++) {
			bytes.writeBytes((i == lines.size() - 1) ? text : new byte[0]);
			bytes.writeBytes((lines.get(i) + "\n").getBytes(StandardCharsets.UTF_8));
		}
		Files.write(file, bytes.toByteArray());
		assertFound(verify(this.elsewhere, null), Fault.ALTERED);
	}

	@Test
	void verifyWhenKeyOfWhatIsGoneIsGoneThenIntact() throws IOException {
		FileAuditSink old = this.fixture.sink(this.ledger);
		old.append(this.fixture.events(0, 5));
		old.close();
		LedgerKey fresh = LedgerFixture.key("k2", 2);
		LedgerKeys rotated = new LedgerKeys(List.of(fresh, LedgerFixture.KEY), List.of());
		FileAuditSink next = this.fixture.sink(this.ledger, LedgerFixture.SETTINGS, rotated, LedgerFile::new);
		next.append(this.fixture.events(5, 5));
		LedgerKeys alone = new LedgerKeys(List.of(fresh), List.of());
		next.close();
		assertFound(LedgerFixture.verify(this.ledger, alone), Fault.UNVERIFIABLE);
		this.fixture.clock.advance(Duration.ofDays(91));
		FileAuditSink last = this.fixture.sink(this.ledger, LedgerFixture.SETTINGS, rotated, LedgerFile::new);
		last.tick();
		last.append(this.fixture.events(10, 5));
		last.close();
		VerificationReport report = LedgerFixture.verify(this.ledger, alone);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.notices()).anyMatch((notice) -> notice.contains("has no records any more"));
	}

	@Test
	void findWhenStatementIsAStringOfJsonThenFound() throws IOException {
		this.fixture.sink(this.ledger, this.elsewhere).close();
		String text = Files.readAllLines(this.elsewhere.resolve("checkpoints-2026-08.jsonl")).get(0);
		Statement statement = Statement.find("{\"level\":\"INFO\",\"message\":\"" + text.replace("\"", "\\\"") + "\"}");
		assertThat(statement).isNotNull().extracting(Statement::text).isEqualTo(text);
	}

	@Test
	void reportWhenNamesHoldControlCharactersThenOneLine() throws IOException {
		Finding finding = new Finding(Fault.ALTERED, "a\n\u001b[2Jb", 1, "c\u009b\u202e", 2, "m\r");
		assertThat(finding.toString()).isEqualTo("ALTERED: a??[2Jb, line 1, chain c??, record 2: m?");
		byte[] line = ("{\"chain\":\"\u001b[2J\",\"seq\":0,\"time\":\"\",\"kind\":\"event\",\"data\":{},\"mac\":\""
				+ "0".repeat(64) + "\"}")
			.getBytes(StandardCharsets.UTF_8);
		assertThat(LedgerLine.parse(line, 0, line.length)).isNull();
	}

}
