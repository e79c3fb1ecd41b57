// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.test.MutableClock;
import org.apache.commons.logging.LogFactory;
import org.apache.commons.logging.impl.NoOpLog;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ledgers, and what is written to them.
 */
final class LedgerFixture {

	static final LedgerKey KEY = key("k1", 1);

	static final LedgerKeys KEYS = new LedgerKeys(List.of(KEY), List.of());

	static final LedgerSettings SETTINGS = new LedgerSettings(10, Duration.ofMinutes(1), 8_000, Duration.ofDays(1),
			Duration.ofDays(90), false);

	final MutableClock clock = new MutableClock();

	private int process;

	static LedgerKey key(String id, int seed) {
		byte[] secret = new byte[32];
		Arrays.fill(secret, (byte) seed);
		return new LedgerKey(id, secret);
	}

	/**
	 * Return a sink of a new process.
	 */
	FileAuditSink sink(Path directory) {
		return sink(directory, SETTINGS, KEYS, LedgerFile::new);
	}

	FileAuditSink sink(Path directory, LedgerSettings settings, LedgerKeys keys, LedgerFile.Opener opener) {
		return sink(directory, settings, keys, opener, this.clock);
	}

	FileAuditSink sink(Path directory, LedgerSettings settings, LedgerKeys keys, LedgerFile.Opener opener, Clock time) {
		return sink(directory, directory, settings, keys, opener, time);
	}

	/**
	 * Return a sink of a new process, whose checkpoints are kept elsewhere.
	 */
	FileAuditSink sink(Path directory, Path elsewhere) {
		return sink(directory, elsewhere, SETTINGS, KEYS, LedgerFile::new, this.clock);
	}

	FileAuditSink sink(Path directory, Path elsewhere, LedgerSettings settings, LedgerKeys keys,
			LedgerFile.Opener opener, Clock time) {
		try {
			OwnedFiles.createDirectories(directory);
			OwnedFiles.createDirectories(elsewhere);
			CheckpointFiles files = new CheckpointFiles(elsewhere);
			Checkpoints checkpoints = new Checkpoints(files, new NoOpLog(), LogFactory.getLog(Checkpoints.class));
			return new FileAuditSink(new LedgerDirectory(directory), keys, settings, files, checkpoints,
					"1-" + ++this.process, opener, new SecureRandom(), time);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Let days pass on each of which something is done.
	 */
	void live(int days, Runnable daily) {
		for (int day = 0; day < days; day++) {
			this.clock.advance(Duration.ofDays(1));
			daily.run();
		}
	}

	static VerificationReport verify(Path directory) {
		return verify(directory, KEYS);
	}

	static VerificationReport verify(Path directory, LedgerKeys keys) {
		try {
			return new FileVerifier(keys).verify(directory, directory, null, () -> true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Copy a directory as it would be found if its process were killed now.
	 */
	static Path kill(Path directory, Path copy) {
		try {
			FileSystemUtils.copyRecursively(directory, copy);
			return copy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<AuditEvent> events(int first, int count) {
		List<AuditEvent> events = new ArrayList<>();
		for (int i = first; i < first + count; i++) {
			events.add(event("e" + i));
		}
		return events;
	}

	AuditEvent event(String id) {
		return event(id, "https://issuer.example");
	}

	AuditEvent event(String id, String issuer) {
		return new AuditEvent(id, this.clock.instant(), AuditEvent.Type.CALL,
				new AuditEvent.Actor("alice", issuer, "client", "acme", "192.0.2.1"),
				new AuditEvent.Client("agent \"x\" \u00e9\ud83d\ude00", "1.0", "modern", "2026-07-28", "s1"),
				new AuditEvent.Action("tools/call", "check_stock", "1.0", "{\"product\":\"rope\"}", null),
				new AuditEvent.Ending("ok", "target", null, null, Duration.ofMillis(3), 120L, false, null),
				Map.of("note", "a\nb"));
	}

	/**
	 * Assert that users of two issuers are not taken for one since they have one name.
	 */
	void assertCountsUsersOfTwoIssuersApart(ChainedAuditSink sink) {
		sink.append(List.of(event("a1", "https://a.example"), event("b1", "https://b.example"),
				event("b2", "https://b.example")));
		UsageQuery all = new UsageQuery(this.clock.instant().minusSeconds(1), this.clock.instant().plusSeconds(1),
				"acme", null, "alice", null);
		assertThat(sink.usage(all, Duration.ofSeconds(20)).rows()).containsExactly(
				new UsageReport.Row("acme", "https://b.example", "alice", "check_stock", "ok", 2, 6000),
				new UsageReport.Row("acme", "https://a.example", "alice", "check_stock", "ok", 1, 3000));
		UsageQuery one = new UsageQuery(all.from(), all.to(), null, "https://a.example", "alice", null);
		assertThat(sink.usage(one, Duration.ofSeconds(20)).rows()).singleElement()
			.extracting(UsageReport.Row::issuer, UsageReport.Row::calls)
			.containsExactly("https://a.example", 1L);
	}

	/**
	 * Return the ids of all events in a directory, in the order of files and lines.
	 */
	static List<String> ids(Path directory) {
		List<String> ids = new ArrayList<>();
		for (Path file : files(directory)) {
			try {
				Files.readAllLines(file)
					.stream()
					.filter((line) -> line.contains("\"kind\":\"event\""))
					.forEach((line) -> ids.add(line.replaceFirst(".*\"data\":\\{\"id\":\"([^\"]*)\".*", "$1")));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return ids;
	}

	/**
	 * Return the files of chains.
	 */
	static List<Path> files(Path directory) {
		try (var files = Files.list(directory)) {
			return files.filter((file) -> file.getFileName().toString().matches("audit-.*\\.jsonl")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
