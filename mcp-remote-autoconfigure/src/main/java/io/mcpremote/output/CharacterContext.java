// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import java.util.List;

/**
 * Knows where characters that are not seen have something to do for those around them, as
 * in emoji, Persian and Hindi. One of them is enough in each such place: what comes in
 * runs carries a message of its own.
 */
final class CharacterContext {

	private static final int ZERO_WIDTH_SPACE = 0x200B;

	private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

	private static final int ZERO_WIDTH_JOINER = 0x200D;

	private static final int TEXT_STYLE = 0xFE0E;

	private static final int EMOJI_STYLE = 0xFE0F;

	private static final int KEYCAP = 0x20E3;

	private static final int BLACK_FLAG = 0x1F3F4;

	private static final int FIRST_TAG = 0xE0000;

	/**
	 * The flags of England, Scotland and Wales. Others are not shown by anybody, which
	 * makes them a place to hide text in.
	 */
	private static final List<String> FLAGS = List.of(tags("gbeng"), tags("gbsct"), tags("gbwls"));

	/**
	 * First and last of ranges with letters that joiners make a difference for.
	 */
	private static final int[] JOINING = { 0x0600, 0x0DFF, 0x0F00, 0x109F, 0x1700, 0x1AAF, 0x1B00, 0x1C4F, 0x1CD0,
			0x1CFF, 0xA800, 0xAAFF, 0xABC0, 0xABFF, 0xFB50, 0xFDFF, 0xFE70, 0xFEFC, 0x10A00, 0x10FFF, 0x11000, 0x11FFF,
			0x1E900, 0x1E95F };

	/**
	 * First and last of ranges with letters of languages that do not separate words, so
	 * that somebody has to say where lines may break: Thai, Lao, Myanmar, Khmer.
	 */
	private static final int[] UNSPACED = { 0x0E00, 0x0EFF, 0x1000, 0x109F, 0x1780, 0x17FF, 0xA9E0, 0xA9FF, 0xAA60,
			0xAA7F };

	/**
	 * How far away a letter may be for which a mark of direction stands: "C++" in Hebrew
	 * ends in two signs that belong to neither side.
	 */
	private static final int MARK_REACH = 8;

	/**
	 * First and last of ranges with pictures.
	 */
	private static final int[] PICTURES = { 0x00A9, 0x00A9, 0x00AE, 0x00AE, 0x203C, 0x203C, 0x2049, 0x2049, 0x2122,
			0x2122, 0x2139, 0x2139, 0x2190, 0x21FF, 0x2300, 0x23FF, 0x24C2, 0x24C2, 0x25A0, 0x27BF, 0x2900, 0x297F,
			0x2B00, 0x2BFF, 0x3030, 0x3030, 0x303D, 0x303D, 0x3297, 0x3299, 0x1F000, 0x1FAFF };

	private CharacterContext() {
	}

	/**
	 * Return how much of a text belongs where it is.
	 * @param text the text
	 * @param index where an invisible character begins
	 * @param before the character in front of it that is kept, 0 if there is none
	 * @return a number of chars, 0 if the character has no business there
	 */
	static int belongs(String text, int index, int before) {
		int codePoint = text.codePointAt(index);
		if (codePoint > FIRST_TAG) {
			return (before == BLACK_FLAG) ? flag(text, index) : 0;
		}
		int next = index + 1;
		int after = (next < text.length()) ? text.codePointAt(next) : 0;
		boolean belongs = switch (codePoint) {
			case ZERO_WIDTH_JOINER ->
				isJoining(before) || ((isPicture(before) || before == EMOJI_STYLE) && isPicture(after));
			case ZERO_WIDTH_NON_JOINER -> isJoining(before) && isJoining(after);
			case 0x200E, 0x200F, 0x061C ->
				isRightToLeft(before) || followsRightToLeft(text, index) || precedesRightToLeft(text, next);
			case ZERO_WIDTH_SPACE -> isUnspaced(before) && isUnspaced(after);
			case TEXT_STYLE, EMOJI_STYLE -> isPicture(before) || (isKey(before) && after == KEYCAP);
			case 0xFE00, 0xFE01, 0xFE02 -> hasVariants(before);
			case 0x180B, 0x180C, 0x180D, 0x180E, 0x180F -> before >= 0x1820 && before <= 0x18AA;
			// Letters of Old Korean of which one part is missing
			case 0x115F -> after > 0x1160 && after <= 0x11A7;
			case 0x1160 -> before >= 0x1100 && before < 0x115F;
			default -> false;
		};
		return (belongs) ? 1 : 0;
	}

	private static int flag(String text, int index) {
		for (String flag : FLAGS) {
			if (text.startsWith(flag, index)) {
				return flag.length();
			}
		}
		return 0;
	}

	private static boolean isJoining(int codePoint) {
		// Not one that may go itself
		return within(JOINING, codePoint) && !CharacterTable.isInvisible(codePoint)
				&& (Character.isLetter(codePoint) || isMark(codePoint));
	}

	private static boolean isUnspaced(int codePoint) {
		return within(UNSPACED, codePoint) && !CharacterTable.isInvisible(codePoint)
				&& (Character.isLetter(codePoint) || isMark(codePoint));
	}

	private static boolean followsRightToLeft(String text, int end) {
		int index = end;
		for (int i = 0; i <= MARK_REACH && index > 0; i++) {
			int codePoint = text.codePointBefore(index);
			if (isRightToLeft(codePoint)) {
				return true;
			}
			if (isBarrier(codePoint)) {
				return false;
			}
			index -= Character.charCount(codePoint);
		}
		return false;
	}

	private static boolean precedesRightToLeft(String text, int start) {
		int index = start;
		for (int i = 0; i <= MARK_REACH && index < text.length(); i++) {
			int codePoint = text.codePointAt(index);
			if (isRightToLeft(codePoint)) {
				return true;
			}
			if (isBarrier(codePoint)) {
				return false;
			}
			index += Character.charCount(codePoint);
		}
		return false;
	}

	/**
	 * Return whether marks have no effect across a character: the end of a line, and
	 * another mark, since two that reached across each other would be a run.
	 */
	private static boolean isBarrier(int codePoint) {
		return codePoint == '\n' || codePoint == '\r' || CharacterTable.isInvisible(codePoint);
	}

	private static boolean isMark(int codePoint) {
		int type = Character.getType(codePoint);
		return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
	}

	private static boolean isRightToLeft(int codePoint) {
		byte direction = Character.getDirectionality(codePoint);
		// Marks have a direction themselves, and must not keep each other
		return !CharacterTable.isInvisible(codePoint) && (direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
				|| direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
	}

	private static boolean isPicture(int codePoint) {
		return within(PICTURES, codePoint);
	}

	private static boolean isKey(int codePoint) {
		return (codePoint >= '0' && codePoint <= '9') || codePoint == '#' || codePoint == '*';
	}

	private static boolean hasVariants(int codePoint) {
		return Character.isIdeographic(codePoint) || Character.getType(codePoint) == Character.MATH_SYMBOL
				|| (codePoint >= 0x1000 && codePoint <= 0x109F) || (codePoint >= 0xA840 && codePoint <= 0xA87F)
				|| codePoint == 0x3001 || codePoint == 0x3002 || (codePoint >= 0xFF01 && codePoint <= 0xFF1F);
	}

	private static boolean within(int[] ranges, int codePoint) {
		for (int i = 0; i < ranges.length && codePoint >= ranges[i]; i += 2) {
			if (codePoint <= ranges[i + 1]) {
				return true;
			}
		}
		return false;
	}

	private static String tags(String region) {
		StringBuilder tags = new StringBuilder();
		region.chars().forEach((c) -> tags.appendCodePoint(FIRST_TAG + c));
		return tags.appendCodePoint(FIRST_TAG + 0x7F).toString();
	}

}
