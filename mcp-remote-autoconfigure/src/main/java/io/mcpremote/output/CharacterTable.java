// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

/**
 * Which characters are never, or hardly ever, seen: controls, formatting of other ages,
 * joiners, selectors, tags.
 */
final class CharacterTable {

	/**
	 * First and last of each range. Bidirectional marks, joiners, fillers and selectors
	 * may be where they belong all the same.
	 */
	private static final int[] RANGES = { 0x0000, 0x0008, 0x000B, 0x000C, 0x000E, 0x001F, 0x007F, 0x009F, 0x00AD,
			0x00AD, 0x034F, 0x034F, 0x061C, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200F,
			0x202A, 0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0,
			0xFFFB, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF };

	private static final long[] SUSPECTS = suspects();

	private CharacterTable() {
	}

	/**
	 * Return whether something invisible may begin with this half or whole of a
	 * character.
	 */
	static boolean isSuspect(char c) {
		return (SUSPECTS[c >>> 6] & (1L << (c & 63))) != 0;
	}

	static boolean isInvisible(int codePoint) {
		if (Character.isBmpCodePoint(codePoint)) {
			return !Character.isSurrogate((char) codePoint) && isSuspect((char) codePoint);
		}
		for (int i = 0; i < RANGES.length; i += 2) {
			if (codePoint >= RANGES[i] && codePoint <= RANGES[i + 1]) {
				return true;
			}
		}
		return false;
	}

	private static long[] suspects() {
		long[] bits = new long[1024];
		for (int i = 0; i < RANGES.length; i += 2) {
			boolean whole = Character.isBmpCodePoint(RANGES[i]);
			int first = (whole) ? RANGES[i] : Character.highSurrogate(RANGES[i]);
			int last = (whole) ? RANGES[i + 1] : Character.highSurrogate(RANGES[i + 1]);
			for (int c = first; c <= last; c++) {
				bits[c >>> 6] |= 1L << (c & 63);
			}
		}
		return bits;
	}

}
