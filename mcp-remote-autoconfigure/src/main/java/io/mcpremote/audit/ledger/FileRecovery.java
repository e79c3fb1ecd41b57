// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Ends the chains of processes that died. What they had not finished writing is set
 * aside, and the chain says how much that was.
 */
final class FileRecovery {

	private final LedgerDirectory directory;

	private final LedgerKeys keys;

	private final Checkpoints checkpoints;

	private final Clock clock;

	private final String process;

	private final Log log;

	FileRecovery(LedgerDirectory directory, LedgerKeys keys, Checkpoints checkpoints, Clock clock, String process,
			Log log) {
		this.directory = directory;
		this.keys = keys;
		this.checkpoints = checkpoints;
		this.clock = clock;
		this.process = process;
		this.log = log;
	}

	/**
	 * End the chains that nobody writes any more.
	 * @param ledger the name of the ledger
	 */
	void run(String ledger) throws IOException {
		SortedMap<String, SortedMap<Integer, Path>> chains = this.directory.chains();
		for (String chain : chains.keySet()) {
			SortedMap<Integer, Path> files = chains.get(chain);
			try {
				if (mayBeLeft(chain, files)) {
					take(ledger, chain, files);
				}
			}
			catch (IOException | IllegalStateException ex) {
				this.log.error("The audit chain " + chain + " of a process that died cannot be ended", ex);
			}
		}
	}

	private boolean mayBeLeft(String chain, SortedMap<Integer, Path> files) throws IOException {
		LastRecord last = FileEnds.last(LedgerDirectory.last(files));
		if (last != null && last.line().kind() == RecordKind.END
				&& !LedgerDirectory.isFile(this.directory.lock(chain))) {
			return false;
		}
		// To look at the lock of a chain of this very process would end the lock on some
		// systems
		OpenData first = FileEnds.first(LedgerDirectory.first(files));
		return first == null || !first.process().equals(this.process);
	}

	private void take(String ledger, String chain, SortedMap<Integer, Path> files) throws IOException {
		try (FileLease lease = FileLease.take(this.directory.lock(chain))) {
			if (lease != null && end(ledger, chain, files) && this.checkpoints.flush()) {
				Files.deleteIfExists(this.directory.lock(chain));
			}
		}
	}

	/**
	 * Publish what the directory of checkpoints lacks: the process may have died before
	 * it could tell, or the directory was gone. Only what is signed counts, lest this
	 * vouched for what somebody else has written.
	 */
	private void publish(String chain, SortedMap<Integer, Path> files) throws IOException {
		Set<Long> kept = this.checkpoints.numbers(chain);
		for (Path file : files.values()) {
			try (InputStream input = Files.newInputStream(file)) {
				LineReader reader = new LineReader(input);
				while (reader.next()) {
					Statement statement = (reader.isTerminated()) ? statement(chain, reader) : null;
					if (statement != null && !kept.contains(statement.number())
							&& this.keys.objection(statement) == null) {
						this.checkpoints.publish(List.of(statement));
					}
				}
			}
		}
	}

	private static @Nullable Statement statement(String chain, LineReader reader) {
		LedgerLine line = LedgerLine.parse(reader.bytes(), reader.from(), reader.to());
		boolean states = line != null && line.chain().equals(chain)
				&& (line.kind() == RecordKind.CHECKPOINT || line.kind() == RecordKind.END);
		Statement statement = (line != null && states) ? Statement.parse(line.data().text()) : null;
		return (statement != null && statement.chain().equals(chain)) ? statement : null;
	}

	private boolean end(String ledger, String chain, SortedMap<Integer, Path> files) throws IOException {
		publish(chain, files);
		while (!files.isEmpty()) {
			int number = files.lastKey();
			Path path = LedgerDirectory.last(files);
			FileWalk walk = FileWalk.of(chain, path, this.keys);
			if (walk.key() != null && walk.end() > 0) {
				end(ledger, chain, number, path, walk, walk.key());
				return true;
			}
			if (walk.lines() > 0) {
				this.log.error("The audit chain " + chain + " of a process that died cannot be ended, since "
						+ path.getFileName() + " does not begin as it should or its key is not among the keys."
						+ " Verify the ledger.");
				return false;
			}
			// The process died when it had just begun the file
			Files.move(path, this.directory.torn(chain, number), StandardCopyOption.REPLACE_EXISTING);
			files.remove(number);
		}
		return true;
	}

	private void end(String ledger, String chain, int number, Path path, FileWalk walk, LedgerKey key)
			throws IOException {
		if (walk.isEnded()) {
			return;
		}
		long torn = Files.size(path) - walk.end();
		if (torn > 0) {
			setAside(path, walk.end(), this.directory.torn(chain, number));
		}
		ChainWriter writer = new ChainWriter(ledger, chain, key, this.keys, walk.state());
		writer.begin(this.clock.instant());
		writer.add(RecordKind.RECOVERED, "{\"torn\":" + torn + ",\"process\":\"" + this.process + "\"}");
		writer.state(Statement.Kind.END, this.clock.instant());
		try (LedgerFile file = new LedgerFile(path, walk.end())) {
			file.append(writer.bytes(), writer.length(), true);
		}
		this.checkpoints.publish(writer.keep());
		this.log.warn("The audit chain " + chain + " of a process that died has been ended after its "
				+ writer.state().events + " events; " + torn + " bytes that were not confirmed have been set aside");
	}

	private static void setAside(Path path, long from, Path aside) throws IOException {
		Files.deleteIfExists(aside);
		OwnedFiles.createNew(aside);
		try (FileChannel source = FileChannel.open(path, StandardOpenOption.READ);
				FileChannel target = FileChannel.open(aside, StandardOpenOption.WRITE)) {
			long position = from;
			while (position < source.size()) {
				position += source.transferTo(position, source.size() - position, target);
			}
			target.force(true);
		}
	}

}
