// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.mcpremote.audit.AuditException;
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
		return new FileVerifier(LedgerFixture.KEYS).verify(this.ledger, checkpoints, exported, () -> true);
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
		this.fixture.live(40, sink::tick);
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
				this.fixture.clock.instant(), null, null, "mallory", null), () -> true)
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
		this.fixture.live(8, last::tick);
		last.append(this.fixture.events(10, 5));
		last.close();
		VerificationReport report = LedgerFixture.verify(this.ledger, alone);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.notices()).anyMatch((notice) -> notice.contains("has no records any more"));
	}

	@Test
	void startWhenTailOfAKilledProcessWasAlteredThenNobodyVouchesForIt() throws Exception {
		KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
		LedgerKeys keys = new LedgerKeys(List.of(LedgerFixture.KEY),
				List.of(new SigningKey("s1", pair.getPublic(), pair.getPrivate())));
		FileAuditSink sink = this.fixture.sink(this.temporary.resolve("live"), LedgerFixture.SETTINGS, keys,
				LedgerFile::new);
		sink.append(this.fixture.events(0, 5));
		LedgerFixture.kill(this.temporary.resolve("live"), this.ledger);
		sink.close();
		Path file = LedgerFixture.files(this.ledger).get(0);
		String genuine = Files.readString(file);
		Files.writeString(file, genuine.replaceFirst("alice", "mallory"));
		this.fixture.sink(this.ledger, LedgerFixture.SETTINGS, keys, LedgerFile::new).close();
		assertFound(LedgerFixture.verify(this.ledger, keys), Fault.ALTERED);
		assertThat(Files.readString(file)).as("signed by nobody").doesNotContain("\"kind\":\"end\"");
		LedgerKeys open = new LedgerKeys(List.of(), List.of(new SigningKey("s1", pair.getPublic(), null)));
		assertThat(LedgerFixture.verify(this.ledger, open).notices())
			.anyMatch((notice) -> notice.contains("has no end after record 6"));
		Files.writeString(file, genuine);
		this.fixture.sink(this.ledger, LedgerFixture.SETTINGS, keys, LedgerFile::new).close();
		VerificationReport report = LedgerFixture.verify(this.ledger, open);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.notices()).containsExactly(Witnesses.NOT_APART);
	}

	@Test
	void retentionWhenAFileEndsLikeAnOlderOneThenIsKept() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.ledger, this.elsewhere);
		sink.append(this.fixture.events(0, 5));
		this.fixture.live(60, () -> {
			sink.append(this.fixture.events(0, 1));
			sink.tick();
		});
		Path old = LedgerFixture.files(this.ledger).get(0);
		Path young = LedgerFixture.files(this.ledger).get(1);
		List<String> lines = Files.readAllLines(old);
		Files.writeString(young,
				Files.readString(young) + String.join("\n", lines.subList(lines.size() - 2, lines.size())) + "\n");
		// The first one is old by then, the second is not but for how it ends
		this.fixture.live(32, sink::tick);
		sink.close();
		assertThat(old).doesNotExist();
		assertThat(young).exists();
		assertFound(verify(this.elsewhere, null), Fault.DUPLICATED);
	}

	@Test
	void retentionWhenKilledBetweenAnchorAndDeletionThenTheNextOneDeletes() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.temporary.resolve("live"));
		sink.append(this.fixture.events(0, 5));
		this.fixture.live(2, () -> {
			sink.append(this.fixture.events(0, 1));
			sink.tick();
		});
		List<Path> before = LedgerFixture.files(this.temporary.resolve("live"));
		Path kept = Files.copy(before.get(0), this.temporary.resolve("kept"));
		this.fixture.live(90, sink::tick);
		assertThat(before.get(0)).doesNotExist();
		LedgerFixture.kill(this.temporary.resolve("live"), this.ledger);
		sink.close();
		// As it was before its deletion, and when the next anchor had been half written
		Path left = Files.copy(kept, this.ledger.resolve(before.get(0).getFileName()));
		LedgerDirectory directory = new LedgerDirectory(this.ledger);
		Path anchor = directory.anchor(directory.chainsWith("anchor").first());
		Files.writeString(anchor.resolveSibling(anchor.getFileName() + ".new"), "{\"statement\":\"anch");
		VerificationReport report = LedgerFixture.verify(this.ledger);
		assertThat(report.intact()).as(report.text()).isTrue();
		FileAuditSink next = this.fixture.sink(this.ledger);
		this.fixture.live(8, next::tick);
		next.close();
		assertThat(left).doesNotExist();
		VerificationReport after = LedgerFixture.verify(this.ledger);
		assertThat(after.intact()).as(after.text()).isTrue();
		assertThat(after.notices()).containsExactly(Witnesses.NOT_APART);
	}

	@Test
	void startWhenKilledWhileAFileWasFollowedByAnotherThenNothingIsLost() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.temporary.resolve("live"));
		sink.append(this.fixture.events(0, 30));
		sink.append(this.fixture.events(30, 1));
		List<Path> files = LedgerFixture.files(this.temporary.resolve("live"));
		assertThat(files).hasSize(2);
		byte[] second = Files.readAllBytes(files.get(1));
		for (int size : new int[] { -1, 0, 1, 100, 400, second.length }) {
			LedgerFixture.kill(this.temporary.resolve("live"), this.ledger);
			Path file = this.ledger.resolve(files.get(1).getFileName());
			if (size < 0) {
				Files.delete(file);
			}
			else {
				Files.write(file, Arrays.copyOf(second, size));
			}
			this.fixture.sink(this.ledger).close();
			VerificationReport report = LedgerFixture.verify(this.ledger);
			assertThat(report.intact()).as("%d\n%s", size, report.text()).isTrue();
			assertThat(LedgerFixture.ids(this.ledger)).hasSize((size == second.length) ? 31 : 30);
			FileSystemUtils.deleteRecursively(this.ledger);
		}
		sink.close();
	}

	@Test
	void closeWhenDiskIsFullThenTheNextApplicationEndsTheChain() {
		AtomicBoolean full = new AtomicBoolean();
		FileAuditSink sink = this.fixture.sink(this.ledger, LedgerFixture.SETTINGS, LedgerFixture.KEYS,
				(path, size) -> new LedgerFile(path, size) {
					@Override
					void write(RandomAccessFile file, byte[] bytes, int length) throws IOException {
						super.write(file, bytes, (full.get()) ? length / 2 : length);
						if (full.get()) {
							throw new IOException("No space left on device");
						}
					}
				});
		sink.append(this.fixture.events(0, 5));
		full.set(true);
		assertThatExceptionOfType(AuditException.class).isThrownBy(() -> sink.append(this.fixture.events(5, 5)));
		sink.close();
		full.set(false);
		this.fixture.sink(this.ledger).close();
		VerificationReport report = LedgerFixture.verify(this.ledger);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.events()).isEqualTo(5);
		assertThat(report.notices()).containsExactly(Witnesses.NOT_APART);
	}

	@Test
	void verifyWhenCheckpointsAreALinkOrAnchorsAreOfAnotherChainThenIsFound() throws IOException {
		FileAuditSink sink = this.fixture.sink(this.ledger, this.elsewhere);
		sink.append(this.fixture.events(0, 5));
		sink.close();
		Path month = this.elsewhere.resolve("checkpoints-2026-08.jsonl");
		Path target = Files.move(month, this.temporary.resolve("target"));
		Files.createSymbolicLink(month, target);
		assertFound(verify(this.elsewhere, null), Fault.FOREIGN);
		Files.delete(month);
		Files.createDirectory(month);
		assertFound(verify(this.elsewhere, null), Fault.FOREIGN);
		Files.delete(month);
		Files.move(target, month);
		LedgerDirectory directory = new LedgerDirectory(this.ledger);
		String chain = directory.chains().firstKey();
		Statement anchor = Statement.sign(Statement.Kind.ANCHOR, String.valueOf(directory.id()), chain + "x", 0, 3,
				ChainState.NONE, 0, ChainState.NONE, this.fixture.clock.instant(), LedgerFixture.KEYS);
		Files.writeString(directory.anchor(chain), anchor.text() + "\n");
		assertFound(verify(this.elsewhere, null), Fault.ALTERED);
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
