// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.math.BigDecimal;

/**
 * Writes numbers such that a secret in them is seen: one of a card may come as a
 * fraction, or with an exponent.
 */
final class NumberText {

	private static final double SMALL = 1e12;

	private static final int MAX_DIGITS = 1024;

	private NumberText() {
	}

	/**
	 * Return whether a number has too few digits for a secret.
	 */
	static boolean isSmall(Number number) {
		return number instanceof Integer || Math.abs(number.doubleValue()) < SMALL;
	}

	/**
	 * Return whether a number is one in JSON, too.
	 */
	static boolean isJson(Number number) {
		return (!(number instanceof Double) && !(number instanceof Float)) || Double.isFinite(number.doubleValue());
	}

	static String of(Number number) {
		String text = number.toString();
		if (isSmall(number) || !isJson(number)) {
			return text;
		}
		BigDecimal decimal = new BigDecimal(text);
		boolean brief = decimal.scale() > -MAX_DIGITS && decimal.precision() < MAX_DIGITS;
		return (brief) ? decimal.stripTrailingZeros().toPlainString() : text;
	}

}
