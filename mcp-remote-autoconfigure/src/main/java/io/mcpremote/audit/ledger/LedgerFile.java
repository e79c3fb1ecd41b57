// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file to which is only appended. What could not be appended in full is taken away
 * again. Threads that are interrupted do not close it.
 */
class LedgerFile implements AutoCloseable {

	private final Path path;

	private final RandomAccessFile file;

	private long size;

	private boolean spoilt;

	/**
	 * Open a file.
	 * @param path the file, which exists
	 * @param size how much of it is kept
	 */
	LedgerFile(Path path, long size) throws IOException {
		this.path = path;
		this.file = new RandomAccessFile(path.toFile(), "rw");
		this.size = size;
		this.spoilt = true;
	}

	Path path() {
		return this.path;
	}

	long size() {
		return this.size;
	}

	/**
	 * Append some bytes.
	 * @param bytes the bytes
	 * @param length how many of them
	 * @param force whether they are to outlive a loss of power
	 */
	void append(byte[] bytes, int length, boolean force) throws IOException {
		mend();
		try {
			this.file.seek(this.size);
			write(this.file, bytes, length);
			if (force) {
				force();
			}
			this.size += length;
		}
		catch (IOException ex) {
			this.spoilt = true;
			try {
				mend();
			}
			catch (IOException again) {
				ex.addSuppressed(again);
			}
			throw ex;
		}
	}

	void write(RandomAccessFile file, byte[] bytes, int length) throws IOException {
		file.write(bytes, 0, length);
	}

	void force() throws IOException {
		this.file.getFD().sync();
	}

	/**
	 * Take away what does not belong there.
	 */
	private void mend() throws IOException {
		if (this.spoilt) {
			this.file.setLength(this.size);
			this.spoilt = false;
		}
	}

	/**
	 * Return whether what is under the name is still this file, and nobody has appended
	 * to it or cut it.
	 */
	boolean isUntouched() {
		try {
			return this.spoilt || (LedgerDirectory.isFile(this.path) && Files.size(this.path) == this.size);
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

	/**
	 * Opens files.
	 */
	interface Opener {

		LedgerFile open(Path path, long size) throws IOException;

	}

}
