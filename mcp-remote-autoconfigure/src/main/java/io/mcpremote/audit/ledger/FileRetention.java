// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

	private final @Nullable CheckpointFiles files;

	private final LedgerKeys keys;

	private final Checkpoints checkpoints;

	private final Duration retention;

	private final Clock clock;

	private final Log log;

	FileRetention(LedgerDirectory directory, @Nullable CheckpointFiles files, LedgerKeys keys, Checkpoints checkpoints,
			Duration retention, Clock clock, Log log) {
		this.directory = directory;
		this.files = files;
		this.keys = keys;
		this.checkpoints = checkpoints;
		this.retention = retention;
		this.clock = clock;
		this.log = log;
	}

	/**
	 * Delete what is too old, unless another process is at it.
	 * @param own the chain that this process writes
	 */
	void run(String ledger, String own) throws IOException {
		Instant now = this.clock.instant();
		try (FileLease lease = FileLease.take(this.directory.lock())) {
			if (lease == null) {
				return;
			}
			SortedMap<String, SortedMap<Integer, Path>> chains = this.directory.chains();
			for (Map.Entry<String, SortedMap<Integer, Path>> chain : chains.entrySet()) {
				try {
					delete(ledger, chain.getKey(), chain.getValue(), chain.getKey().equals(own), now);
				}
				catch (IOException | RuntimeException ex) {
					this.log.warn("What is too old cannot be deleted from the audit chain " + chain.getKey(), ex);
				}
			}
			for (String chain : this.directory.chainsWith("anchor")) {
				Statement anchor = (chains.containsKey(chain)) ? null : this.directory.readAnchor(chain);
				if (anchor != null && anchor.time().isBefore(forgotten(now))) {
					Files.deleteIfExists(this.directory.anchor(chain));
				}
			}
			if (this.files != null) {
				this.files.deleteBefore(forgotten(now));
			}
		}
	}

	/**
	 * Return before when nothing is left of which an anchor or a checkpoint could tell.
	 */
	private Instant forgotten(Instant now) {
		return now.minus(this.retention.multipliedBy(2)).minus(Duration.ofDays(31));
	}

	private void delete(String ledger, String chain, SortedMap<Integer, Path> files, boolean own, Instant now)
			throws IOException {
		LastRecord deleted = null;
		int through = 0;
		for (Map.Entry<Integer, Path> file : files.entrySet()) {
			LastRecord last = FileEnds.last(file.getValue());
			boolean written = file.getKey().equals(files.lastKey())
					&& (own || last == null || last.line().kind() != RecordKind.END);
			if (written || last == null || !isOld(file.getValue(), last, now)) {
				break;
			}
			deleted = last;
			through = file.getKey();
		}
		if (deleted == null) {
			return;
		}
		Statement anchor = deleted.anchor(ledger, now, this.keys);
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
	private boolean isOld(Path file, LastRecord last, Instant now) throws IOException {
		if (!last.isBefore(now.minus(this.retention))) {
			return false;
		}
		OpenData first = FileEnds.first(file);
		LedgerKey key = (first != null) ? this.keys.find(first.key()) : null;
		boolean genuine = key != null && last.isGenuine(key);
		if (!genuine) {
			this.log.error(file.getFileName() + " of the audit ledger should be deleted, but is not what was written"
					+ " or was chained with a key that is not among the keys. Verify the ledger.");
		}
		return genuine;
	}

}
