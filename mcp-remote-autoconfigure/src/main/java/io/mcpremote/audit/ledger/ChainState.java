// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How far a chain has come. Those who write a chain and those who verify it count alike.
 */
final class ChainState {

	static final String NONE = "0".repeat(64);

	/**
	 * The number of the next record.
	 */
	long next;

	/**
	 * The code of the last record.
	 */
	String mac = NONE;

	/**
	 * How many events there are.
	 */
	long events;

	/**
	 * How many statements there are.
	 */
	long statements;

	/**
	 * The digest in the last statement.
	 */
	String digest = NONE;

	/**
	 * How many events there are since the last statement.
	 */
	long unstated;

	private MessageDigest running = sha256();

	ChainState copy() {
		ChainState copy = new ChainState();
		copy.next = this.next;
		copy.mac = this.mac;
		copy.events = this.events;
		copy.statements = this.statements;
		copy.digest = this.digest;
		copy.unstated = this.unstated;
		try {
			copy.running = (MessageDigest) this.running.clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException(ex);
		}
		return copy;
	}

	/**
	 * Begin another file, which can be verified without the one before.
	 */
	void beginSection() {
		this.running.reset();
	}

	/**
	 * Return the digest of everything up to the last record.
	 */
	String digestNow() {
		try {
			return HexFormat.of().formatHex(((MessageDigest) this.running.clone()).digest());
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Count a record, without the end of its line.
	 */
	void count(RecordKind kind, byte[] line, int from, int to, String mac) {
		if (kind == RecordKind.EVENT) {
			this.events++;
			this.unstated++;
		}
		else if (kind == RecordKind.CHECKPOINT || kind == RecordKind.END) {
			this.digest = digestNow();
			this.statements++;
			this.unstated = 0;
			this.running.reset();
			this.running.update(this.digest.getBytes(StandardCharsets.US_ASCII));
		}
		this.running.update(line, from, to - from);
		this.running.update((byte) '\n');
		this.mac = mac;
		this.next++;
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
