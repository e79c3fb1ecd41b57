// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * A lock on a file, which ends with the process that holds it.
 */
final class FileLease implements AutoCloseable {

	private final FileChannel channel;

	private FileLease(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Take a lock unless somebody has it.
	 * @param file the file, which is created if need be
	 * @return the lock, or {@code null}
	 */
	static @Nullable FileLease take(Path file) throws IOException {
		OwnedFiles.create(file);
		FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
		try {
			FileLock lock = channel.tryLock();
			if (lock != null) {
				return new FileLease(channel);
			}
		}
		catch (OverlappingFileLockException ex) {
			// By this process
		}
		channel.close();
		return null;
	}

	/**
	 * Return whether another process has locked a file, which is left as it is.
	 */
	static boolean isTaken(Path file) throws IOException {
		if (!LedgerDirectory.isFile(file)) {
			return false;
		}
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
				FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
			return lock == null;
		}
		catch (OverlappingFileLockException ex) {
			return true;
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
