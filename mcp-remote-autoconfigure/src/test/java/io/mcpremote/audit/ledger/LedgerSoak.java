// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.mcpremote.audit.AuditEvent;
import org.apache.commons.logging.LogFactory;
import org.apache.commons.logging.impl.NoOpLog;

/**
 * Writes events from processes that are killed at random, and looks afterwards whether
 * every event whose append had returned is there, once, and the ledger verifies.
 */
public final class LedgerSoak {

	private static final int AT_ONCE = 200;

	private LedgerSoak() {
	}

	/**
	 * Either write events, as the process that is killed, or kill such processes.
	 * @param arguments the directory and the first event, or the directory, how many
	 * events and how many kills
	 */
	public static void main(String[] arguments) throws Exception {
		if (arguments.length == 2) {
			write(Path.of(arguments[0]), Long.parseLong(arguments[1]));
			return;
		}
		Result result = run(Path.of(arguments[0]), Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]));
		System.out.println(result);
		System.exit((result.isGood()) ? 0 : 1);
	}

	/**
	 * Append events for ever, and tell of each that has been appended.
	 */
	private static void write(Path directory, long first) throws IOException {
		LedgerFixture fixture = new LedgerFixture();
		LedgerSettings settings = new LedgerSettings(1000, Duration.ofSeconds(60), 100_000_000, Duration.ofDays(1),
				Duration.ofDays(90), true);
		CheckpointFiles files = new CheckpointFiles(directory);
		Checkpoints checkpoints = new Checkpoints(files, new NoOpLog(), LogFactory.getLog(Checkpoints.class));
		FileAuditSink sink = new FileAuditSink(new LedgerDirectory(directory), LedgerFixture.KEYS, settings, files,
				checkpoints, ProcessName.get(), LedgerFile::new, new SecureRandom(), Clock.systemUTC());
		List<AuditEvent> events = new ArrayList<>(AT_ONCE);
		// Until it is killed, or nobody listens any more
		for (long next = first; !System.out.checkError(); next += AT_ONCE) {
			events.clear();
			for (int i = 0; i < AT_ONCE; i++) {
				events.add(fixture.event("e" + (next + i)));
			}
			sink.append(events);
			System.out.println(next + AT_ONCE);
		}
	}

	/**
	 * Kill processes that write.
	 * @param directory a directory of its own
	 * @param total how many events are appended at least
	 * @param kills how many processes are killed
	 */
	static Result run(Path directory, long total, int kills) throws Exception {
		OwnedFiles.createDirectories(directory);
		long begun = System.nanoTime();
		Random random = new Random(11);
		BitSet confirmed = new BitSet();
		long first = 0;
		int killed = 0;
		for (int kill = 0; kill < kills; kill++) {
			// Ids of another process never meet those of this one
			long share = Math.max(AT_ONCE, (total - confirmed.cardinality()) / (kills - kill));
			long wanted = (kill == kills - 1) ? share : (long) (share * (0.5 + random.nextDouble()));
			Killed process = kill(directory, first, wanted, random);
			killed += (process.alive()) ? 1 : 0;
			confirmed.set((int) first, (int) process.next());
			first = process.next() + 10L * AT_ONCE;
		}
		LedgerFixture fixture = new LedgerFixture();
		FileAuditSink last = fixture.sink(directory, LedgerFixture.SETTINGS, LedgerFixture.KEYS, LedgerFile::new,
				Clock.systemUTC());
		last.close();
		long written = System.nanoTime();
		VerificationReport report = LedgerFixture.verify(directory);
		long verified = System.nanoTime();
		BitSet found = new BitSet();
		long repeated = count(directory, found);
		BitSet lost = (BitSet) confirmed.clone();
		lost.andNot(found);
		return new Result(total, kills, confirmed.cardinality(), killed, lost.cardinality(), repeated, report,
				Duration.ofNanos(written - begun), Duration.ofNanos(verified - written));
	}

	/**
	 * Let a process write some events and kill it in the middle of the next.
	 */
	private static Killed kill(Path directory, long first, long wanted, Random random) throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				LedgerSoak.class.getName(), directory.toString(), Long.toString(first))
			.redirectError(new File(directory.toString(), "errors.txt"))
			.start();
		long confirmed = first;
		boolean alive = false;
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
			String line = completeLine(output);
			while (line != null) {
				// Whatever else is printed is a log
				confirmed = (line.matches("[0-9]+")) ? Long.parseLong(line) : confirmed;
				if (confirmed - first >= wanted && process.isAlive()) {
					TimeUnit.MICROSECONDS.sleep(random.nextInt(3000));
					alive = process.isAlive();
					process.toHandle().destroyForcibly();
					wanted = Long.MAX_VALUE;
				}
				line = completeLine(output);
			}
		}
		process.waitFor();
		return new Killed(confirmed, alive);
	}

	/**
	 * Return a line unless the process died while it was writing it.
	 */
	private static String completeLine(BufferedReader output) throws IOException {
		StringBuilder line = new StringBuilder();
		int c = output.read();
		while (c >= 0 && c != '\n') {
			line.append((char) c);
			c = output.read();
		}
		return (c == '\n') ? line.toString() : null;
	}

	/**
	 * Collect the numbers of all events.
	 * @return how many were there more than once
	 */
	private static long count(Path directory, BitSet found) throws IOException {
		long repeated = 0;
		for (Path file : LedgerFixture.files(directory)) {
			try (InputStream input = Files.newInputStream(file)) {
				LineReader reader = new LineReader(input);
				while (reader.next()) {
					LedgerLine line = LedgerLine.parse(reader.bytes(), reader.from(), reader.to());
					if (line != null && line.kind() == RecordKind.EVENT) {
						int from = line.data().from() + "{\"id\":\"e".length();
						int id = 0;
						for (int i = from; reader.bytes()[i] != '"'; i++) {
							id = id * 10 + reader.bytes()[i] - '0';
						}
						repeated += (found.get(id)) ? 1 : 0;
						found.set(id);
					}
				}
			}
		}
		return repeated;
	}

	/**
	 * A process that was killed.
	 *
	 * @param next the event after the last that was confirmed
	 * @param alive whether it was alive until then
	 */
	private record Killed(long next, boolean alive) {

	}

	/**
	 * What has come of it.
	 *
	 * @param total how many events were to be appended at least
	 * @param wanted how many processes were to be killed
	 * @param confirmed how many events were appended
	 * @param kills how many processes were killed
	 * @param lost how many of the events are not there
	 * @param repeated how many are there more than once
	 * @param report of the verification
	 * @param writing how long it took to write
	 * @param verifying how long it took to verify
	 */
	record Result(long total, int wanted, long confirmed, int kills, long lost, long repeated,
			VerificationReport report, Duration writing, Duration verifying) {

		boolean isGood() {
			return this.confirmed >= this.total && this.kills == this.wanted && this.lost == 0 && this.repeated == 0
					&& this.report.intact();
		}

		@Override
		public String toString() {
			return ((isGood()) ? "PASS" : "FAIL") + ": " + this.confirmed + " events confirmed of " + this.total + ", "
					+ this.kills + " kills of " + this.wanted + ", " + this.lost + " lost, " + this.repeated
					+ " repeated, " + this.report.events() + " found in " + this.report.chains() + " chains, "
					+ ((this.report.intact()) ? "ledger intact" : "LEDGER NOT INTACT\n" + this.report.text())
					+ ", written in " + this.writing.toSeconds() + " s, verified in " + this.verifying.toSeconds()
					+ " s";
		}

	}

}
