// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

import org.jspecify.annotations.Nullable;

/**
 * Makes files and directories that nobody but their owner can read.
 */
final class OwnedFiles {

	private OwnedFiles() {
	}

	/**
	 * Create a file unless it exists.
	 */
	static void create(Path file) throws IOException {
		if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		try {
			createNew(file);
		}
		catch (FileAlreadyExistsException ex) {
			if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
				throw new IOException(file.getFileName() + " is not a regular file", ex);
			}
		}
	}

	/**
	 * Create a file that must not exist.
	 */
	static void createNew(Path file) throws IOException {
		Files.createFile(file, attributes(file, "rw-------"));
	}

	static void createDirectories(Path directory) throws IOException {
		Files.createDirectories(directory, attributes(directory, "rwx------"));
	}

	/**
	 * Write a small file such that it is there either whole or not at all.
	 */
	static void replace(Path file, String text) throws IOException {
		Path next = file.resolveSibling(file.getFileName() + ".new");
		Files.deleteIfExists(next);
		createNew(next);
		Files.writeString(next, text);
		force(next);
		Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		forceDirectory(file.toAbsolutePath().getParent());
	}

	static void force(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
	}

	/**
	 * Make the names of new files outlive a loss of power, where the system can.
	 */
	static void forceDirectory(@Nullable Path directory) {
		if (directory == null) {
			return;
		}
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException ex) {
			// Not every system opens directories, and those that do not need no such
			// thing
		}
	}

	private static FileAttribute<?>[] attributes(Path path, String permissions) {
		return (path.getFileSystem().supportedFileAttributeViews().contains("posix"))
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

}
