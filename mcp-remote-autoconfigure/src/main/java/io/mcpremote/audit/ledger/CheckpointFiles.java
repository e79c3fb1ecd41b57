// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps statements in a directory, in one file a month to which every process appends.
 */
final class CheckpointFiles {

	static final String GLOB = "checkpoints-*.jsonl";

	private final Path directory;

	CheckpointFiles(Path directory) {
		this.directory = directory;
	}

	Path directory() {
		return this.directory;
	}

	/**
	 * Return whether there are checkpoints already.
	 */
	boolean isUsed() throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory, GLOB)) {
			return files.iterator().hasNext();
		}
	}

	/**
	 * Return the numbers of the statements that are there of a chain.
	 */
	Set<Long> numbers(String chain) throws IOException {
		Set<Long> numbers = new HashSet<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory, GLOB)) {
			for (Path file : files) {
				try (InputStream input = Files.newInputStream(file)) {
					LineReader reader = new LineReader(input);
					while (reader.next()) {
						Statement statement = Statement.parse(new String(reader.bytes(), reader.from(),
								reader.to() - reader.from(), StandardCharsets.ISO_8859_1));
						if (statement != null && statement.chain().equals(chain)) {
							numbers.add(statement.number());
						}
					}
				}
			}
		}
		return numbers;
	}

	void append(Statement statement) throws IOException {
		Path file = this.directory
			.resolve("checkpoints-" + YearMonth.from(statement.time().atOffset(ZoneOffset.UTC)) + ".jsonl");
		OwnedFiles.create(file);
		try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ))) {
			// Another process may have died in the middle of a line
			ByteBuffer end = ByteBuffer.allocate(1);
			boolean torn = channel.size() > 0 && channel.read(end, channel.size() - 1) == 1 && end.get(0) != '\n';
			append(file, ((torn) ? "\n" : "") + statement.text() + "\n");
		}
	}

	private static void append(Path file, String text) throws IOException {
		try (FileChannel channel = FileChannel.open(file,
				Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND))) {
			// In one piece, so that lines of several processes do not mix
			ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
			channel.write(bytes);
			if (bytes.hasRemaining()) {
				throw new IOException("Only a part of a line was written to " + file.getFileName());
			}
			channel.force(false);
		}
	}

	/**
	 * Delete the months that say nothing of what is still kept.
	 */
	void deleteBefore(Instant time) throws IOException {
		String kept = "checkpoints-" + YearMonth.from(time.minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC))
				+ ".jsonl";
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory, GLOB)) {
			for (Path file : files) {
				if (file.getFileName().toString().compareTo(kept) < 0) {
					Files.deleteIfExists(file);
				}
			}
		}
	}

}
