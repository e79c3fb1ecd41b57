// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a verification says of where something is wrong. The ledger has one chain with a
 * beginning, a checkpoint, nine events and an end.
 */
class FileVerifierTests {

	private final LedgerFixture fixture = new LedgerFixture();

	@TempDir
	private Path temporary;

	private Path directory;

	private Path file;

	@BeforeEach
	void makeLedger() {
		this.directory = this.temporary.resolve("ledger");
		FileAuditSink sink = this.fixture.sink(this.directory);
		sink.append(this.fixture.events(0, 9));
		sink.close();
		this.file = LedgerFixture.files(this.directory).get(0);
	}

	@Test
	void verifyWhenRecordIsAlteredThenFirstFaultThere() throws IOException {
		assertFirst((lines) -> lines.set(4, lines.get(4).replace("alice", "mallory")), Fault.ALTERED, 5, 4, 1);
	}

	@Test
	void verifyWhenOnlyTheCodeIsAlteredThenOneFault() throws IOException {
		assertFirst((lines) -> lines.set(4, withOtherLastDigit(lines.get(4))), Fault.ALTERED, 5, 4, 1);
	}

	@Test
	void verifyWhenRecordIsMissingThenFirstFaultThere() throws IOException {
		assertFirst((lines) -> lines.remove(4), Fault.MISSING, 5, 4, 1);
	}

	@Test
	void verifyWhenSeveralAreMissingThenSaysHowMany() throws IOException {
		Finding finding = assertFirst((lines) -> lines.subList(4, 8).clear(), Fault.MISSING, 5, 4, 1);
		assertThat(finding.message()).startsWith("4 missing");
	}

	@Test
	void verifyWhenRecordsAreSwappedThenReordered() throws IOException {
		assertFirst((lines) -> Collections.swap(lines, 4, 5), Fault.REORDERED, 5, 4, 1);
	}

	@Test
	void verifyWhenRecordIsRepeatedThenDuplicated() throws IOException {
		assertFirst((lines) -> lines.add(5, lines.get(4)), Fault.DUPLICATED, 6, 4, 1);
	}

	@Test
	void verifyWhenTailIsCutThenCut() throws IOException {
		assertFirst((lines) -> lines.subList(9, lines.size()).clear(), Fault.CUT, 0, 9, 1);
	}

	@Test
	void verifyWhenOnlyTheEndIsCutThenCut() throws IOException {
		assertFirst((lines) -> lines.remove(lines.size() - 1), Fault.CUT, 0, 11, 1);
	}

	@Test
	void verifyWhenHeadIsCutThenMissing() throws IOException {
		assertFirst((lines) -> lines.subList(0, 3).clear(), Fault.MISSING, 1, 0, 2);
	}

	@Test
	void verifyWhenLineIsGarbageThenAltered() throws IOException {
		assertFirst((lines) -> lines.set(4, "x".repeat(200)), Fault.ALTERED, 5, 4, 1);
	}

	@Test
	void verifyWhenRecordIsOfAnotherChainThenForeign() throws IOException {
		Path other = this.temporary.resolve("other");
		FileAuditSink sink = this.fixture.sink(other);
		sink.append(this.fixture.events(0, 9));
		sink.close();
		List<String> foreign = Files.readAllLines(LedgerFixture.files(other).get(0));
		assertFirst((lines) -> lines.set(4, foreign.get(4)), Fault.FOREIGN, 5, 4, 2);
	}

	@Test
	void verifyWhenChainIsDeletedThenCut() throws IOException {
		Files.delete(this.file);
		assertThat(LedgerFixture.verify(this.directory).findings()).singleElement()
			.extracting(Finding::fault)
			.isEqualTo(Fault.CUT);
	}

	@Test
	void verifyWhenEverythingIsWrongThenOnlySomeFindings() throws IOException {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 5000; i++) {
			lines.append(i).append('\n');
		}
		Files.writeString(this.file, lines);
		VerificationReport report = LedgerFixture.verify(this.directory);
		assertThat(report.findings()).hasSize(100);
		assertThat(report.faults()).isGreaterThanOrEqualTo(5000);
		assertThat(report.text()).contains("and " + (report.faults() - 100) + " more");
	}

	@Test
	void verifyWhenThereIsNoTimeThenSaysThatNotAllWasLookedAt() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.directory);
		sink.append(this.fixture.events(0, 5000));
		sink.close();
		VerificationReport report = new FileVerifier(LedgerFixture.KEYS).verify(this.directory, this.directory, null,
				TimeLimit.of(Duration.ZERO));
		assertThat(report.complete()).isFalse();
		assertThat(report.intact()).isFalse();
		assertThat(report.faults()).isZero();
		assertThat(report.text()).contains("NOT LOOKED AT IN FULL");
	}

	@Test
	void verifyWhenLineIsEndlessThenMemoryIsBounded() throws IOException {
		Files.writeString(this.file, "x".repeat(2 * LineReader.LONGEST + 5) + "\n");
		VerificationReport report = LedgerFixture.verify(this.directory);
		assertThat(report.findings()).first().extracting(Finding::fault).isEqualTo(Fault.ALTERED);
	}

	@Test
	void verifyWhenCheckpointsTellOfAnotherLedgerThenSaysSo() throws IOException {
		Path log = this.temporary.resolve("log");
		Path other = this.temporary.resolve("other");
		this.fixture.sink(other).close();
		Files.copy(other.resolve("checkpoints-2026-08.jsonl"), log);
		VerificationReport report = new FileVerifier(LedgerFixture.KEYS).verify(this.directory, this.directory, log,
				() -> true);
		assertThat(report.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.where()).isEqualTo("log");
			assertThat(finding.message()).contains("no checkpoint of this ledger");
		});
	}

	@Test
	void verifyWhenChainHasGoneOnSinceCheckpointsWereReadThenLooksAgain() throws IOException {
		Path empty = Files.createDirectory(this.temporary.resolve("empty"));
		assertThat(findings(this.directory)).isEmpty();
		assertThat(findings(empty)).singleElement().satisfies((finding) -> {
			assertThat(finding.fault()).isEqualTo(Fault.MISSING);
			assertThat(finding.where()).isEqualTo("file");
		});
	}

	/**
	 * Verify with checkpoints that are out of date, and others when they are read again.
	 */
	private List<Finding> findings(Path again) throws IOException {
		Findings findings = new Findings(() -> true);
		Matcher name = LedgerDirectory.name(this.file);
		assertThat(name.matches()).isTrue();
		ChainVerifier verifier = new ChainVerifier(name.group(1), LedgerFixture.KEYS, findings, null, null,
				List.of(new Witness(null, true, 0)));
		verifier.section("file", 1);
		for (String line : Files.readAllLines(this.file)) {
			byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
			verifier.accept(bytes, 0, bytes.length, 0);
		}
		LateCheckpoints late = new LateCheckpoints(null, LedgerFixture.KEYS, again);
		verifier.finish(false, late::add);
		assertThat(findings.faults()).as("nothing is said before it has been looked again").isZero();
		late.settle(findings);
		return findings.report("").findings();
	}

	@Test
	void checkpointsWhenDirectoryIsGoneForAWhileThenKeptLater() throws IOException {
		Path elsewhere = this.temporary.resolve("elsewhere");
		Checkpoints checkpoints = new Checkpoints(new CheckpointFiles(elsewhere), LogFactory.getLog(Checkpoints.LOGGER),
				LogFactory.getLog(Checkpoints.class));
		List<Statement> statements = Files.readAllLines(this.directory.resolve("checkpoints-2026-08.jsonl"))
			.stream()
			.map(Statement::parse)
			.toList();
		checkpoints.publish(statements.subList(0, 1));
		assertThat(checkpoints.flush()).isFalse();
		Files.createDirectory(elsewhere);
		checkpoints.publish(statements.subList(1, 2));
		assertThat(checkpoints.flush()).isTrue();
		assertThat(Files.readAllLines(elsewhere.resolve("checkpoints-2026-08.jsonl")))
			.isEqualTo(statements.stream().map(Statement::text).toList());
	}

	@Test
	void usageThenCountsCallsOfThePeriod() {
		FileAuditSink sink = this.fixture.sink(this.directory);
		this.fixture.clock.advance(Duration.ofHours(2));
		sink.append(this.fixture.events(100, 4));
		UsageQuery all = new UsageQuery(this.fixture.clock.instant().minus(Duration.ofDays(1)),
				this.fixture.clock.instant().plusSeconds(1), null, null, null, null);
		assertThat(sink.usage(all, Duration.ofSeconds(20)).rows()).containsExactly(
				new UsageReport.Row("acme", "https://issuer.example", "alice", "check_stock", "ok", 13, 39_000));
		UsageQuery recent = new UsageQuery(this.fixture.clock.instant().minus(Duration.ofHours(1)), all.to(), "acme",
				"https://issuer.example", "alice", "check_stock");
		UsageReport report = sink.usage(recent, Duration.ofSeconds(20));
		assertThat(report.complete()).isTrue();
		assertThat(report.rows()).singleElement().extracting(UsageReport.Row::calls).isEqualTo(4L);
		UsageQuery other = new UsageQuery(all.from(), all.to(), "acme", null, "bob", null);
		assertThat(sink.usage(other, Duration.ofSeconds(20)).rows()).isEmpty();
		sink.close();
	}

	@Test
	void usageWhenTwoIssuersHaveAUserOfTheSameNameThenTheyAreTwo() {
		FileAuditSink sink = this.fixture.sink(this.directory.resolve("two"));
		this.fixture.assertCountsUsersOfTwoIssuersApart(sink);
		sink.close();
	}

	private static String withOtherLastDigit(String line) {
		int last = line.length() - 3;
		return line.substring(0, last) + ((line.charAt(last) == '0') ? '1' : '0') + "\"}";
	}

	private Finding assertFirst(Consumer<List<String>> edit, Fault fault, long line, long seq, int faults)
			throws IOException {
		List<String> lines = new ArrayList<>(Files.readAllLines(this.file));
		edit.accept(lines);
		Files.writeString(this.file, String.join("\n", lines) + "\n");
		VerificationReport report = LedgerFixture.verify(this.directory);
		assertThat(report.findings()).as(report.text()).isNotEmpty();
		Finding first = report.findings().get(0);
		assertThat(first.fault()).as(report.text()).isEqualTo(fault);
		assertThat(first.where()).isEqualTo(this.file.getFileName().toString());
		assertThat(first.line()).as(report.text()).isEqualTo(line);
		assertThat(first.seq()).as(report.text()).isEqualTo(seq);
		assertThat(report.faults()).as(report.text()).isEqualTo(faults);
		return first;
	}

}
