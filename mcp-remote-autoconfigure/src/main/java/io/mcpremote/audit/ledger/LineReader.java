// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads lines as bytes, in memory that does not grow with what is read.
 */
final class LineReader {

	static final int LONGEST = 1 << 24;

	private final InputStream input;

	private byte[] bytes;

	private int filled;

	private int from;

	private int to;

	private int following;

	private long line;

	private long offset;

	private boolean terminated;

	private boolean over;

	private boolean last;

	LineReader(InputStream input) {
		this(input, 1 << 18);
	}

	/**
	 * Create a reader.
	 * @param input what to read
	 * @param size how much to read at once
	 */
	LineReader(InputStream input, int size) {
		this.input = input;
		this.bytes = new byte[size];
	}

	/**
	 * Go to the next line.
	 * @return whether there is one
	 */
	boolean next() throws IOException {
		this.offset += this.following - this.from;
		this.from = this.following;
		int position = this.from;
		while (true) {
			while (position < this.filled && this.bytes[position] != '\n') {
				position++;
			}
			if (position < this.filled || position - this.from >= LONGEST) {
				this.terminated = position < this.filled;
				this.last = false;
				this.following = (this.terminated) ? position + 1 : position;
				break;
			}
			position -= this.from;
			if (!fill()) {
				this.terminated = false;
				this.last = true;
				this.following = this.filled;
				position = this.filled;
				break;
			}
			position += this.from;
		}
		this.to = position;
		this.line++;
		return this.to > this.from || this.terminated;
	}

	private boolean fill() throws IOException {
		if (this.over) {
			return false;
		}
		System.arraycopy(this.bytes, this.from, this.bytes, 0, this.filled - this.from);
		this.filled -= this.from;
		this.from = 0;
		if (this.filled == this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, this.bytes.length * 2);
		}
		int count = this.input.read(this.bytes, this.filled, this.bytes.length - this.filled);
		this.over = count < 0;
		this.filled += Math.max(0, count);
		return !this.over;
	}

	byte[] bytes() {
		return this.bytes;
	}

	int from() {
		return this.from;
	}

	/**
	 * Return where the line ends, without its terminator.
	 */
	int to() {
		return this.to;
	}

	long line() {
		return this.line;
	}

	/**
	 * Return where the line begins in all that was read.
	 */
	long offset() {
		return this.offset;
	}

	/**
	 * Return where the next line begins.
	 */
	long end() {
		return this.offset + this.following - this.from;
	}

	/**
	 * Return whether nothing follows what has no terminator. If something does, it was
	 * too long.
	 */
	boolean isLast() {
		return this.last;
	}

	boolean isTerminated() {
		return this.terminated;
	}

}
