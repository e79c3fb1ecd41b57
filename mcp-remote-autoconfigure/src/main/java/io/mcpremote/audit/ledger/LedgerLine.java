// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;

import org.jspecify.annotations.Nullable;

/**
 * A record as it is written: one line of JSON whose members have one order. Its code
 * covers every byte before the code.
 *
 * @param chain the chain
 * @param seq the number of the record in its chain
 * @param time when it was written
 * @param kind what it holds
 * @param data what it holds, as JSON
 * @param mac the code of the record
 * @param covered where the bytes end that the code covers
 */
record LedgerLine(String chain, long seq, String time, RecordKind kind, Data data, String mac, int covered) {

	static final String CHAIN = "{\"chain\":\"";

	static final String SEQ = "\",\"seq\":";

	static final String TIME = ",\"time\":\"";

	static final String KIND = "\",\"kind\":\"";

	static final String DATA = "\",\"data\":";

	static final String MAC = ",\"mac\":\"";

	private static final int TAIL = MAC.length() + 64 + 2;

	private static final int LONGEST_WORD = 64;

	/**
	 * Return the record in some bytes.
	 * @return the record, or {@code null} if it is none
	 */
	static @Nullable LedgerLine parse(byte[] bytes, int from, int to) {
		int covered = to - TAIL;
		Cursor cursor = new Cursor(bytes, from, covered);
		String chain = cursor.word(CHAIN, '"');
		String seq = cursor.word(SEQ, ',');
		String time = cursor.word(TIME, '"');
		RecordKind kind = RecordKind.of(cursor.word(KIND, '"'));
		cursor.skip(DATA);
		if (cursor.failed || kind == null || !isName(chain) || !isNumber(seq) || cursor.position >= covered) {
			return null;
		}
		Cursor tail = new Cursor(bytes, covered, to);
		String mac = tail.word(MAC, '"');
		if (tail.failed || mac.length() != 64 || bytes[to - 1] != '}') {
			return null;
		}
		return new LedgerLine(chain, Long.parseLong(seq), time, kind, new Data(bytes, cursor.position, covered), mac,
				covered);
	}

	/**
	 * Return when it was written, {@code null} if that is no time.
	 */
	@Nullable Instant written() {
		try {
			return Instant.parse(this.time);
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	/**
	 * Return whether a text may be shown as the name of a chain.
	 */
	private static boolean isName(String text) {
		return !text.isEmpty() && text.length() <= 40
				&& text.chars().allMatch((c) -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-');
	}

	private static boolean isNumber(String text) {
		return !text.isEmpty() && text.length() < 19 && text.chars().allMatch((c) -> c >= '0' && c <= '9')
				&& (text.length() == 1 || text.charAt(0) != '0');
	}

	/**
	 * A part of some bytes.
	 */
	record Data(byte[] bytes, int from, int to) {

		String text() {
			return new String(this.bytes, this.from, this.to - this.from, StandardCharsets.UTF_8);
		}

	}

	/**
	 * Reads words that stand between fixed texts.
	 */
	private static final class Cursor {

		private final byte[] bytes;

		private final int end;

		private int position;

		private boolean failed;

		Cursor(byte[] bytes, int from, int end) {
			this.bytes = bytes;
			this.position = from;
			this.end = end;
		}

		void skip(String text) {
			for (int i = 0; i < text.length() && !this.failed; i++) {
				this.failed = this.position >= this.end || this.bytes[this.position++] != text.charAt(i);
			}
		}

		/**
		 * Return what stands between a text and a character, which is not skipped.
		 */
		String word(String before, char after) {
			skip(before);
			int start = this.position;
			while (this.position < this.end && this.position - start <= LONGEST_WORD
					&& this.bytes[this.position] != after) {
				this.position++;
			}
			this.failed |= this.position >= this.end || this.bytes[this.position] != after;
			return (this.failed) ? ""
					: new String(this.bytes, start, this.position - start, StandardCharsets.ISO_8859_1);
		}

	}

}
