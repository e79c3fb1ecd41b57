// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;

import org.apache.commons.logging.Log;

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
		SortedMap<String, SortedMap<Integer, Path>> left = left();
		if (left.isEmpty()) {
			return;
		}
		complete(ledger, left);
		for (Map.Entry<String, SortedMap<Integer, Path>> chain : left.entrySet()) {
			try {
				take(ledger, chain.getKey(), chain.getValue());
			}
			catch (IOException | IllegalStateException ex) {
				this.log.error("The audit chain " + chain.getKey() + " of a process that died cannot be ended", ex);
			}
		}
	}

	/**
	 * Their processes may have died before they could tell, or the directory was gone.
	 */
	private void complete(String ledger, SortedMap<String, SortedMap<Integer, Path>> left) {
		try {
			this.checkpoints.complete(ledger, (action) -> {
				for (Map.Entry<String, SortedMap<Integer, Path>> chain : left.entrySet()) {
					new FileStatements(chain.getKey(), chain.getValue().values()).forEach(action);
				}
			}, this.keys);
		}
		catch (IOException ex) {
			// Then they are left to the next process
			this.log.warn("Checkpoints that are missing in their directory cannot be added", ex);
		}
	}

	private SortedMap<String, SortedMap<Integer, Path>> left() throws IOException {
		SortedMap<String, SortedMap<Integer, Path>> left = this.directory.chains();
		Iterator<Map.Entry<String, SortedMap<Integer, Path>>> chains = left.entrySet().iterator();
		while (chains.hasNext()) {
			Map.Entry<String, SortedMap<Integer, Path>> chain = chains.next();
			Path lock = this.directory.lock(chain.getKey());
			LastRecord last = FileEnds.last(LedgerDirectory.last(chain.getValue()));
			boolean ended = last != null && last.line().kind() == RecordKind.END && !LedgerDirectory.isFile(lock);
			if (ended || FileLease.isTaken(lock)) {
				chains.remove();
			}
		}
		return left;
	}

	private void take(String ledger, String chain, SortedMap<Integer, Path> files) throws IOException {
		try (FileLease lease = FileLease.take(this.directory.lock(chain))) {
			if (lease != null && end(ledger, chain, files) && this.checkpoints.flush()) {
				Files.deleteIfExists(this.directory.lock(chain));
			}
		}
	}

	private boolean end(String ledger, String chain, SortedMap<Integer, Path> files) throws IOException {
		while (!files.isEmpty()) {
			int number = files.lastKey();
			Path path = LedgerDirectory.last(files);
			FileWalk walk = FileWalk.of(chain, path, this.keys);
			if (walk.key() != null && walk.end() > 0 && !walk.isEnded() && walk.isBroken()) {
				this.log.error("The audit chain " + chain + " of a process that died is not ended, since "
						+ path.getFileName() + " holds something else than was written. Verify the ledger.");
				return false;
			}
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
