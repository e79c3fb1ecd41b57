// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what is older than events are kept. Before that it says so, signed, which tells
 * it from what anybody else deletes.
 */
final class FileRetention {

	private final LedgerDirectory directory;

	private final LedgerKeys keys;

	private final Checkpoints checkpoints;

	private final RetentionTime time;

	private final Log log;

	FileRetention(LedgerDirectory directory, LedgerKeys keys, Checkpoints checkpoints, RetentionTime time, Log log) {
		this.directory = directory;
		this.keys = keys;
		this.checkpoints = checkpoints;
		this.time = time;
		this.log = log;
	}

	/**
	 * Delete what is too old, unless another process is at it.
	 * @param own the chain that this process writes
	 */
	void run(String ledger, String own) throws IOException {
		SortedMap<String, SortedMap<Integer, Path>> chains = this.directory.chains();
		RetentionTime.Run run = this.time.now(() -> written(chains));
		try (FileLease lease = FileLease.take(this.directory.lock())) {
			if (lease == null) {
				return;
			}
			for (Map.Entry<String, SortedMap<Integer, Path>> chain : chains.entrySet()) {
				try {
					delete(ledger, chain.getKey(), chain.getValue(), chain.getKey().equals(own), run);
				}
				catch (IOException | RuntimeException ex) {
					this.log.warn("What is too old cannot be deleted from the audit chain " + chain.getKey(), ex);
				}
			}
			for (String chain : this.directory.chainsWith("anchor")) {
				Statement anchor = (chains.containsKey(chain)) ? null : this.directory.readAnchor(chain);
				if (anchor != null && run.isForgotten(anchor.time())) {
					Files.deleteIfExists(this.directory.anchor(chain));
				}
			}
			this.checkpoints.forget(run);
		}
	}

	/**
	 * Return when the first and the last record of each file were written.
	 */
	private static List<Instant> written(SortedMap<String, SortedMap<Integer, Path>> chains) {
		List<Instant> times = new ArrayList<>();
		for (SortedMap<Integer, Path> files : chains.values()) {
			for (Path file : files.values()) {
				try {
					LastRecord last = FileEnds.last(file);
					add(FileEnds.firstLine(file), times);
					add((last != null) ? last.line() : null, times);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		}
		return times;
	}

	private static void add(@Nullable LedgerLine line, List<Instant> times) {
		Instant written = (line != null) ? line.written() : null;
		if (written != null) {
			times.add(written);
		}
	}

	private void delete(String ledger, String chain, SortedMap<Integer, Path> files, boolean own, RetentionTime.Run run)
			throws IOException {
		LastRecord deleted = null;
		int through = 0;
		for (Map.Entry<Integer, Path> file : files.entrySet()) {
			LastRecord last = FileEnds.last(file.getValue());
			boolean written = file.getKey().equals(files.lastKey())
					&& (own || last == null || last.line().kind() != RecordKind.END);
			if (written || last == null || !run.isTooOld(last) || !isGenuine(file.getValue(), last)) {
				break;
			}
			deleted = last;
			through = file.getKey();
		}
		if (deleted == null) {
			return;
		}
		Statement anchor = deleted.anchor(ledger, run.now(), this.keys);
		OwnedFiles.replace(this.directory.anchor(chain), anchor.text() + "\n");
		this.checkpoints.publish(List.of(anchor));
		for (Map.Entry<Integer, Path> file : files.headMap(through + 1).entrySet()) {
			Files.deleteIfExists(file.getValue());
			Files.deleteIfExists(this.directory.torn(chain, file.getKey()));
		}
	}

	/**
	 * What has been tampered with is not deleted, lest its deletion looked right.
	 */
	private boolean isGenuine(Path file, LastRecord last) throws IOException {
		LedgerLine line = FileEnds.firstLine(file);
		OpenData first = FileEnds.first(file);
		LedgerKey key = (first != null) ? this.keys.find(first.key()) : null;
		boolean genuine = key != null && last.isGenuine(line, key);
		if (!genuine) {
			this.log.error(file.getFileName() + " of the audit ledger should be deleted, but is not what was written"
					+ " or was chained with a key that is not among the keys. Verify the ledger.");
		}
		return genuine;
	}

}
