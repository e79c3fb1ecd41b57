// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The first and the last record of a file, without reading what is between them.
 */
final class FileEnds {

	private static final int USUAL = 1 << 16;

	private static final int USUAL_LINE = 1 << 11;

	private FileEnds() {
	}

	/**
	 * Return the first record of a file.
	 * @return {@code null} if the file begins with something else
	 */
	static @Nullable LedgerLine firstLine(Path file) throws IOException {
		try (InputStream input = Files.newInputStream(file)) {
			LineReader reader = new LineReader(input, USUAL_LINE);
			return (reader.next()) ? LedgerLine.parse(reader.bytes(), reader.from(), reader.to()) : null;
		}
	}

	/**
	 * Return what the first record of a file tells.
	 * @return {@code null} if it is no such record
	 */
	static @Nullable OpenData first(Path file) throws IOException {
		LedgerLine line = firstLine(file);
		return (line != null && line.kind() == RecordKind.OPEN) ? OpenData.parse(line.data().text()) : null;
	}

	/**
	 * Return the last record of a file.
	 * @return {@code null} if the file ends with something else
	 */
	static @Nullable LastRecord last(Path file) throws IOException {
		try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
			long size = input.length();
			for (long window = USUAL; window <= 4L * LineReader.LONGEST; window *= 4) {
				byte[] bytes = new byte[(int) Math.min(window, size)];
				input.seek(size - bytes.length);
				input.readFully(bytes);
				int from = lineStart(bytes, bytes.length - 1);
				int before = (from > 0) ? lineStart(bytes, from - 1) : -1;
				boolean whole = bytes.length == size;
				if (before >= 0 || (whole && from >= 0)) {
					return last(bytes, before, from);
				}
				if (whole) {
					return null;
				}
			}
			return null;
		}
	}

	/**
	 * Return where the line begins that ends at a position.
	 * @return -1 if it begins before, or ends elsewhere
	 */
	private static int lineStart(byte[] bytes, int end) {
		if (end < 0 || bytes[end] != '\n') {
			return -1;
		}
		int start = end;
		while (start > 0 && bytes[start - 1] != '\n') {
			start--;
		}
		return start;
	}

	private static @Nullable LastRecord last(byte[] bytes, int before, int from) {
		LedgerLine line = LedgerLine.parse(bytes, from, bytes.length - 1);
		LedgerLine previous = (before >= 0) ? LedgerLine.parse(bytes, before, from - 1) : null;
		return (line != null) ? new LastRecord(line, previous, bytes, from) : null;
	}

}
