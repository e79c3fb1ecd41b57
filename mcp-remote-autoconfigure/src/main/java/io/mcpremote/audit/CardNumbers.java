// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

/**
 * Finds numbers of payment cards by their length, their grouping and their check digit.
 */
final class CardNumbers {

	private static final int LEAST = 13;

	private static final int MOST = 19;

	/**
	 * How many separators may stand between groups.
	 */
	private static final int MAX_GAP = 3;

	private CardNumbers() {
	}

	/**
	 * Return where the number of a card ends.
	 * @param text the text
	 * @param start where a group of digits begins
	 * @param end where to stop
	 * @return the end, or {@code -1} if no such number begins there
	 */
	static int end(String text, int start, int end) {
		int first = Character.digit(text.charAt(start), 10);
		if (first < 2 || first > 6) {
			return -1;
		}
		int found = -1;
		int digits = 0;
		int group = 0;
		int gap = 0;
		boolean grouped = false;
		// Sums of the check with the digits so far doubled at even and at odd places
		int even = 0;
		int odd = 0;
		for (int i = start; i < end && digits <= MOST; i++) {
			int digit = Character.digit(text.charAt(i), 10);
			if (digit < 0) {
				boolean ended = (gap == 0) ? group < 2 || group > 7 : gap == MAX_GAP;
				if (ended || !separates(text.charAt(i))) {
					break;
				}
				gap++;
				grouped = true;
				group = 0;
				continue;
			}
			gap = 0;
			int doubled = (digit < 5) ? 2 * digit : 2 * digit - 9;
			int swap = even + digit;
			even = odd + digit;
			odd = swap - digit + doubled;
			// odd now doubles this digit, even does not
			group++;
			digits++;
			boolean ends = i + 1 == end || Character.digit(text.charAt(i + 1), 10) < 0;
			if (ends && digits >= LEAST && digits <= MOST && even % 10 == 0 && (!grouped || group <= 7)) {
				found = i + 1;
			}
		}
		return found;
	}

	private static boolean separates(char c) {
		return c == ' ' || c == '-' || c == '.' || c == '_' || c == '/' || c == '\t' || c == '\u00a0' || c == '\u202f'
				|| (c >= '\u2000' && c <= '\u2015') || c == '\u3000';
	}

}
