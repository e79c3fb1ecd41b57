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
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps statements in a directory, in one file a month to which every process appends.
 * The month is that of the statement, so files neither begin nor end at one moment, and
 * are only ever read together.
 */
final class CheckpointFiles {

	static final String GLOB = "checkpoints-*.jsonl";

	private static final Pattern NAME = Pattern.compile("checkpoints-([0-9]{4}-(?:0[1-9]|1[0-2]))\\.jsonl");

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
	 * Return which statements are there.
	 */
	KnownStatements known() throws IOException {
		KnownStatements known = new KnownStatements();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory, GLOB)) {
			for (Path file : files) {
				try (InputStream input = Files.newInputStream(file)) {
					LineReader reader = new LineReader(input);
					while (reader.next()) {
						Statement statement = Statement.parse(new String(reader.bytes(), reader.from(),
								reader.to() - reader.from(), StandardCharsets.ISO_8859_1));
						if (statement != null && reader.isTerminated()) {
							known.add(statement);
						}
					}
				}
			}
		}
		return known;
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
	 * @param isForgotten whether nothing is left of a time
	 */
	void delete(Predicate<Instant> isForgotten) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory, GLOB)) {
			for (Path file : files) {
				Matcher name = NAME.matcher(file.getFileName().toString());
				if (name.matches() && isForgotten.test(end(YearMonth.parse(name.group(1))))) {
					Files.deleteIfExists(file);
				}
			}
		}
	}

	private static Instant end(YearMonth month) {
		// A day for clocks that differ
		return month.plusMonths(1).atDay(2).atStartOfDay(ZoneOffset.UTC).toInstant();
	}

}
