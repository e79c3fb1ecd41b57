// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import org.jspecify.annotations.Nullable;

/**
 * Finds secrets that can be told by their form.
 */
final class SecretTokens {

	/**
	 * How far to look for what makes a token of it.
	 */
	private static final int MAX_PART = 1024;

	private static final int MAX_LABEL = 64;

	private static final int LEAST_CREDENTIALS = 8;

	private SecretTokens() {
	}

	/**
	 * Find a number of a card, a token, or what follows the name of a scheme of
	 * authentication.
	 * @param start where letters or digits begin
	 */
	static @Nullable Span at(String text, int start, int end) {
		char c = text.charAt(start);
		if (Character.isDigit(c)) {
			return Span.of(start, CardNumbers.end(text, start, end));
		}
		int least = TokenPrefixes.least(text, start);
		if (least > 0) {
			int last = (c != 'e' || isDotted(text, start, end)) ? Letters.tokenEnd(text, start, end) : start;
			return (last - start >= least) ? new Span(start, last) : null;
		}
		return (TokenPrefixes.isScheme(c)) ? credentials(text, start, end) : null;
	}

	/**
	 * Find a private key.
	 * @param start where there is a dash
	 */
	static @Nullable Span privateKey(String text, int start, int end) {
		if (!text.startsWith("-----BEGIN", start)
				|| !text.substring(start, Math.min(end, start + MAX_LABEL)).contains("PRIVATE KEY")) {
			return null;
		}
		int ending = text.indexOf("-----END", start);
		int last = (ending >= 0) ? text.indexOf("-----", ending + "-----END".length()) : -1;
		return new Span(start, (last >= 0) ? Math.min(end, last + "-----".length()) : end);
	}

	private static @Nullable Span credentials(String text, int start, int end) {
		int last = TokenPrefixes.schemeEnd(text, start);
		if (last < 0 || last >= end || !Letters.isBlank(text.charAt(last))) {
			return null;
		}
		int value = Letters.skipBlanks(text, last, end);
		int valueEnd = Letters.tokenEnd(text, value, end);
		return (valueEnd - value >= LEAST_CREDENTIALS && !isProse(text, value, valueEnd)) ? new Span(value, valueEnd)
				: null;
	}

	/**
	 * Return whether a token has parts.
	 */
	private static boolean isDotted(String text, int start, int end) {
		int most = Math.min(end, start + MAX_PART);
		for (int i = start; i < most && Letters.isToken(text.charAt(i)); i++) {
			if (text.charAt(i) == '.') {
				return true;
			}
		}
		return false;
	}

	private static boolean isProse(String text, int start, int end) {
		for (int i = start; i < end; i++) {
			char c = text.charAt(i);
			if (c < 'a' || c > 'z') {
				return false;
			}
		}
		return true;
	}

}
