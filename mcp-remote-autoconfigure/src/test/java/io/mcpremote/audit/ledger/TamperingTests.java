// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import javax.crypto.Mac;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand ways to change a ledger, each of a fresh copy.
 */
class TamperingTests {

	private static final int TIMES = 1000;

	private final LedgerFixture fixture = new LedgerFixture();

	private final Random random = new Random(5);

	@TempDir
	private Path temporary;

	private Path ledger;

	private Path other;

	/**
	 * Make a ledger with chains that ended, that were killed, and whose beginning was
	 * deleted by retention.
	 */
	@BeforeEach
	void makeLedgers() {
		this.ledger = this.temporary.resolve("ledger");
		this.other = this.temporary.resolve("other");
		FileAuditSink old = this.fixture.sink(this.ledger);
		old.append(this.fixture.events(0, 10));
		this.fixture.clock.advance(Duration.ofDays(1));
		old.tick();
		this.fixture.clock.advance(Duration.ofDays(60));
		old.append(this.fixture.events(10, 20));
		Path killed = LedgerFixture.kill(this.ledger, this.temporary.resolve("killed"));
		old.close();
		FileSystemUtils.deleteRecursively(this.ledger.toFile());
		assertThat(killed.toFile().renameTo(this.ledger.toFile())).isTrue();
		this.fixture.clock.advance(Duration.ofDays(40));
		for (int i = 0; i < 2; i++) {
			FileAuditSink sink = this.fixture.sink(this.ledger);
			this.fixture.live(8, sink::tick);
			sink.append(this.fixture.events(100 * i + 100, 12));
			sink.append(this.fixture.events(100 * i + 112, 9));
			sink.close();
		}
		FileAuditSink elsewhere = this.fixture.sink(this.other);
		elsewhere.append(this.fixture.events(500, 25));
		elsewhere.close();
		VerificationReport report = LedgerFixture.verify(this.ledger);
		assertThat(report.intact()).as(report.text()).isTrue();
		assertThat(report.chains()).isEqualTo(3);
		assertThat(LedgerFixture.ids(this.ledger)).doesNotContain("e9").contains("e10", "e120");
	}

	@Test
	void verifyWhenTamperedWithThenAlwaysFound() throws IOException {
		Map<String, Tampering> ways = ways();
		List<String> names = List.copyOf(ways.keySet());
		Map<String, Integer> found = new TreeMap<>();
		for (int i = 0; i < TIMES; i++) {
			String name = names.get(i % names.size());
			Path copy = this.temporary.resolve("copy-" + i);
			FileSystemUtils.copyRecursively(this.ledger, copy);
			String what = ways.get(name).apply(copy);
			VerificationReport report = LedgerFixture.verify(copy);
			assertThat(report.intact()).as("%s: %s\n%s", name, what, report.text()).isFalse();
			assertThat(report.findings()).isNotEmpty();
			found.merge(name, 1, Integer::sum);
			FileSystemUtils.deleteRecursively(copy);
		}
		int all = found.values().stream().mapToInt(Integer::intValue).sum();
		System.out.println("Tamperings of files found: " + all + " of " + TIMES + " " + found);
		assertThat(all).isEqualTo(TIMES);
	}

	private Map<String, Tampering> ways() {
		Map<String, Tampering> ways = new TreeMap<>();
		ways.put("change a byte", (copy) -> flip(anyFile(copy)));
		ways.put("change a byte of a checkpoint", (copy) -> flip(any(checkpoints(copy))));
		ways.put("change a field", this::changeField);
		ways.put("delete a line", (copy) -> edit(anyFile(copy), (lines) -> lines.remove(index(lines, 0))));
		ways.put("delete a checkpoint",
				(copy) -> edit(copy.resolve("checkpoints-2026-11.jsonl"),
						(lines) -> lines.remove(this.any(lines.stream()
							// What is there twice, here or as an anchor of its own, is
							// not gone
							.filter((line) -> Collections.frequency(lines, line) == 1 && !line.contains("anchor"))
							.toList()))));
		ways.put("swap two lines", (copy) -> edit(anyFile(copy), (lines) -> {
			int first = index(lines, 0);
			Collections.swap(lines, first, (first + 1 + this.random.nextInt(lines.size() - 1)) % lines.size());
		}));
		ways.put("repeat a line", (copy) -> edit(anyFile(copy),
				(lines) -> lines.add(this.random.nextInt(lines.size() + 1), lines.get(index(lines, 0)))));
		ways.put("cut the tail",
				(copy) -> edit(anyFile(copy), (lines) -> lines.subList(index(lines, 0), lines.size()).clear()));
		ways.put("cut the tail within a line", (copy) -> {
			Path file = anyFile(copy);
			byte[] bytes = Files.readAllBytes(file);
			int kept = this.random.nextInt(bytes.length);
			Files.write(file, Arrays.copyOf(bytes, kept));
			return file.getFileName() + " to " + kept + " of " + bytes.length;
		});
		ways.put("cut the head",
				(copy) -> edit(anyFile(copy), (lines) -> lines.subList(0, index(lines, 0) + 1).clear()));
		ways.put("delete a file", (copy) -> {
			Path file = anyFile(copy);
			Files.delete(file);
			return file.getFileName().toString();
		});
		ways.put("delete an anchor, a name or checkpoints", (copy) -> {
			List<Path> files = new ArrayList<>(notRecords(copy));
			files.removeIf((each) -> each.toString().endsWith("jsonl"));
			files.addAll(neededCheckpoints(copy));
			Path file = any(files);
			Files.delete(file);
			return file.getFileName().toString();
		});
		ways.put("change a byte of an anchor or a name", (copy) -> {
			Path file = any(notRecords(copy).stream().filter((each) -> !each.toString().endsWith("jsonl")).toList());
			byte[] bytes = Files.readAllBytes(file);
			bytes[this.random.nextInt(bytes.length - 1)] ^= 2;
			Files.write(file, bytes);
			return file.getFileName().toString();
		});
		ways.put("swap two files", (copy) -> {
			Path first = anyFile(copy);
			Path second = any(LedgerFixture.files(copy).stream().filter((file) -> !file.equals(first)).toList());
			Path between = copy.resolve("between");
			Files.move(first, between);
			Files.move(second, first);
			Files.move(between, second);
			return first.getFileName() + " and " + second.getFileName();
		});
		ways.put("replace by a file of another chain", (copy) -> replace(copy, LedgerFixture.files(copy)));
		ways.put("replace by a file of another ledger", (copy) -> replace(copy, LedgerFixture.files(this.other)));
		ways.put("add a chain of another ledger", (copy) -> {
			Path file = any(LedgerFixture.files(this.other));
			Files.copy(file, copy.resolve(file.getFileName()));
			return file.getFileName().toString();
		});
		ways.put("forge with another key", this::forge);
		ways.put("add a record without a code", (copy) -> edit(anyFile(copy),
				(lines) -> lines.add(index(lines, 0), lines.get(0).replace("open", "event"))));
		return ways;
	}

	private String changeField(Path copy) throws IOException {
		Path file = any(LedgerFixture.files(copy)
			.stream()
			.filter((each) -> read(each).contains("\"kind\":\"event\""))
			.toList());
		return edit(file, (lines) -> {
			int line = index(lines, 0);
			while (!lines.get(line).contains("\"kind\":\"event\"")) {
				line = (line + 1) % lines.size();
			}
			String[][] changes = { { "alice", "mallory" }, { "\"ok\"", "\"refused\"" }, { "acme", "other" },
					{ "check_stock", "delete" }, { "\"size\":120", "\"size\":121" }, { "2026-", "2025-" },
					{ "\"kind\":\"event\"", "\"kind\":\"recovered\"" }, { "rope", "rop" } };
			String[] change = changes[this.random.nextInt(changes.length)];
			lines.set(line, lines.get(line).replaceFirst(change[0], change[1]));
		});
	}

	/**
	 * Change an event and make every code after it anew, as well as one can without the
	 * key.
	 */
	private String forge(Path copy) throws IOException {
		Mac mac = LedgerFixture.key("k1", 99).forRecords();
		return edit(anyFile(copy), (lines) -> {
			int from = Math.max(1, index(lines, 0));
			for (int i = from; i < lines.size(); i++) {
				String before = lines.get(i - 1);
				byte[] covered = lines.get(i)
					.substring(0, lines.get(i).length() - 66 - LedgerLine.MAC.length())
					.replace("alice", "mallory")
					.getBytes(StandardCharsets.UTF_8);
				String code = ChainWriter.code(mac, before.substring(before.length() - 66, before.length() - 2),
						covered, 0, covered.length);
				lines.set(i, new String(covered, StandardCharsets.UTF_8) + LedgerLine.MAC + code + "\"}");
			}
		});
	}

	private String replace(Path copy, List<Path> files) throws IOException {
		Path target = anyFile(copy);
		Path source = any(files.stream().filter((file) -> !file.equals(target)).toList());
		Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
		return target.getFileName() + " by " + source.getFileName();
	}

	private String flip(Path file) throws IOException {
		byte[] bytes = Files.readAllBytes(file);
		int position = this.random.nextInt(bytes.length);
		bytes[position] ^= (byte) (1 << this.random.nextInt(7));
		Files.write(file, bytes);
		return file.getFileName() + " at " + position;
	}

	private String edit(Path file, Edit edit) throws IOException {
		List<String> lines = new ArrayList<>(Files.readAllLines(file));
		List<String> before = List.copyOf(lines);
		edit.apply(lines);
		assertThat(lines).isNotEqualTo(before);
		Files.writeString(file, String.join("\n", lines) + ((lines.isEmpty()) ? "" : "\n"));
		return file.getFileName().toString();
	}

	private int index(List<String> lines, int from) {
		return from + this.random.nextInt(lines.size() - from);
	}

	private Path anyFile(Path copy) {
		return any(LedgerFixture.files(copy));
	}

	private static List<Path> checkpoints(Path copy) throws IOException {
		return notRecords(copy).stream().filter((file) -> file.toString().endsWith("jsonl")).toList();
	}

	/**
	 * Return the checkpoints without those of what retention has deleted, which nobody
	 * needs any more.
	 */
	private static List<Path> neededCheckpoints(Path copy) throws IOException {
		return checkpoints(copy).stream().filter((file) -> !file.toString().contains("2026-08")).toList();
	}

	private static List<Path> notRecords(Path copy) throws IOException {
		try (var files = Files.list(copy)) {
			return files
				.filter((file) -> file.getFileName().toString().matches("checkpoints.*|.*\\.anchor|audit-ledger.id"))
				.sorted()
				.toList();
		}
	}

	private <T> T any(List<T> choice) {
		return choice.get(this.random.nextInt(choice.size()));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface Tampering {

		String apply(Path copy) throws IOException;

	}

	private interface Edit {

		void apply(List<String> lines);

	}

}
