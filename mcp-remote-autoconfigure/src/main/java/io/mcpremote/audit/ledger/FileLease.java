// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/**
 * A lock on a file, which ends with the process that holds it. Whoever closes a file ends
 * all locks that the process has on it, on many systems. So nobody opens one that this
 * process has locked, in whichever application of it.
 */
final class FileLease implements AutoCloseable {

	/**
	 * Applications of one process share nothing else than the properties of the system.
	 */
	private static final String HELD = FileLease.class.getName() + ':';

	private final FileChannel channel;

	private final String claim;

	private FileLease(FileChannel channel, String claim) {
		this.channel = channel;
		this.claim = claim;
	}

	/**
	 * Take a lock unless somebody has it.
	 * @param file the file, which is created if need be
	 * @return the lock, or {@code null}
	 */
	static @Nullable FileLease take(Path file) throws IOException {
		OwnedFiles.create(file);
		return take(file, false);
	}

	/**
	 * Return whether somebody has locked a file, which is left as it is.
	 */
	static boolean isTaken(Path file) throws IOException {
		if (!LedgerDirectory.isFile(file)) {
			return false;
		}
		try (FileLease lease = take(file, true)) {
			return lease == null;
		}
	}

	private static @Nullable FileLease take(Path file, boolean shared) throws IOException {
		String claim = claim(file);
		if (claim == null) {
			return null;
		}
		FileChannel channel = null;
		FileLock lock = null;
		try {
			channel = FileChannel.open(file, (shared) ? StandardOpenOption.READ : StandardOpenOption.WRITE);
			lock = channel.tryLock(0, Long.MAX_VALUE, shared);
			return (lock != null) ? new FileLease(channel, claim) : null;
		}
		catch (OverlappingFileLockException ex) {
			// By something else of this process
			return null;
		}
		finally {
			if (lock == null) {
				release(channel, claim);
			}
		}
	}

	/**
	 * Claim a file within this process, by what it is rather than what it is called.
	 * @return the claim, or {@code null} if there is one already
	 */
	private static @Nullable String claim(Path file) throws IOException {
		Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
		String claim = HELD + ((key != null) ? key : file.toRealPath());
		return (System.getProperties().putIfAbsent(claim, "") == null) ? claim : null;
	}

	private static void release(@Nullable FileChannel channel, String claim) throws IOException {
		try {
			if (channel != null) {
				channel.close();
			}
		}
		finally {
			// Now that it is closed, others may open it
			System.getProperties().remove(claim);
		}
	}

	@Override
	public void close() throws IOException {
		if (this.channel.isOpen()) {
			release(this.channel, this.claim);
		}
	}

}
