// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.crypto.Mac;

import org.jspecify.annotations.Nullable;

/**
 * How far a file of a chain is whole. What a dying process or a loss of power has left
 * behind comes after that.
 */
final class FileWalk {

	private final String chain;

	private final Path path;

	private final ChainState state = new ChainState();

	private final LedgerKeys keys;

	private @Nullable LedgerKey key;

	private long end;

	private long lines;

	private boolean ended;

	/**
	 * Whether what came after the last statement is not what was written there.
	 */
	private boolean broken;

	private FileWalk(String chain, Path path, LedgerKeys keys) {
		this.chain = chain;
		this.path = path;
		this.keys = keys;
	}

	static FileWalk of(String chain, Path path, LedgerKeys keys) throws IOException {
		FileWalk walk = new FileWalk(chain, path, keys);
		walk.findEnd();
		walk.count();
		return walk;
	}

	/**
	 * Find the last record that follows from the one before. What is wrong further up is
	 * for a verification to find.
	 */
	private void findEnd() throws IOException {
		try (InputStream input = Files.newInputStream(this.path)) {
			LineReader reader = new LineReader(input);
			Mac mac = null;
			String before = null;
			boolean gap = false;
			while (reader.next()) {
				LedgerLine line = (reader.isTerminated()) ? LedgerLine.parse(reader.bytes(), reader.from(), reader.to())
						: null;
				this.lines += (reader.isTerminated()) ? 1 : 0;
				OpenData open = open(line);
				if (open != null) {
					this.key = this.keys.find(open.key());
					mac = (this.key != null) ? this.key.forRecords() : null;
					before = open.mac();
				}
				boolean linked = line != null && mac != null && before != null
						&& ChainWriter.code(mac, before, reader.bytes(), reader.from(), line.covered())
							.equals(line.mac());
				if (line != null && linked) {
					this.end = reader.end();
					this.broken = (this.broken || gap) && line.kind() != RecordKind.CHECKPOINT;
				}
				gap = !linked;
				before = (line != null) ? line.mac() : null;
			}
		}
	}

	private void count() throws IOException {
		try (InputStream input = Files.newInputStream(this.path)) {
			LineReader reader = new LineReader(input);
			while (reader.next() && reader.end() <= this.end) {
				LedgerLine line = LedgerLine.parse(reader.bytes(), reader.from(), reader.to());
				if (line == null) {
					continue;
				}
				OpenData open = open(line);
				if (open != null) {
					this.state.beginSection();
					this.state.digest = open.digest();
					this.state.events = open.events();
					this.state.statements = open.statements();
				}
				this.ended |= line.kind() == RecordKind.END;
				this.state.next = line.seq();
				this.state.count(line.kind(), reader.bytes(), reader.from(), reader.to(), line.mac());
			}
		}
	}

	private @Nullable OpenData open(@Nullable LedgerLine line) {
		return (line != null && line.kind() == RecordKind.OPEN && line.chain().equals(this.chain))
				? OpenData.parse(line.data().text()) : null;
	}

	/**
	 * Return how far the chain has come with the last whole record.
	 */
	ChainState state() {
		return this.state;
	}

	/**
	 * Return the key with which the chain goes on.
	 */
	@Nullable LedgerKey key() {
		return this.key;
	}

	/**
	 * Return how many bytes are whole.
	 */
	long end() {
		return this.end;
	}

	/**
	 * Return how many lines have an end, whatever is in them.
	 */
	long lines() {
		return this.lines;
	}

	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Return whether whoever ended the chain here would vouch for what nobody has
	 * written.
	 */
	boolean isBroken() {
		return this.broken;
	}

}
