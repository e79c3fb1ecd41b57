// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import org.jspecify.annotations.Nullable;

/**
 * Finds secrets that can be told by their form.
 */
final class SecretTokens {

	private static final int MAX_LABEL = 64;

	private static final int LEAST_CREDENTIALS = 8;

	private SecretTokens() {
	}

	/**
	 * Find a number of a card, a token, or what follows the name of a scheme of
	 * authentication.
	 * @param start where letters or digits begin
	 */
	static @Nullable Span at(String text, int start, int end, LookAhead ahead) {
		char c = text.charAt(start);
		if (Character.isDigit(c)) {
			return Span.of(start, CardNumbers.end(text, start, end));
		}
		int least = TokenPrefixes.least(text, start);
		if (least > 0) {
			int last = (c != 'e' || ahead.isDotted(start)) ? Letters.tokenEnd(text, start, end) : start;
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
		// And not beyond what is looked at
		String key = text.substring(start, end);
		int ending = key.indexOf("-----END");
		int last = (ending >= 0) ? key.indexOf("-----", ending + "-----END".length()) : -1;
		return new Span(start, (last >= 0) ? start + last + "-----".length() : end);
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
