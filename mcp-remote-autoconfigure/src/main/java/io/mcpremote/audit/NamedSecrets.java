// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import org.jspecify.annotations.Nullable;

/**
 * Finds values in text that follow a name which stands for a secret, be it in a query, in
 * JSON, in prose or in a command.
 */
final class NamedSecrets {

	private static final int MAX_NAME = 64;

	private NamedSecrets() {
	}

	/**
	 * Find the value after a colon or an equals sign.
	 * @param nameEnd where the name ends
	 * @param valueStart where the value may begin
	 */
	static @Nullable Span assigned(String text, int nameEnd, int valueStart, int end) {
		String name = nameBefore(text, nameEnd);
		if (name == null || !SecretNames.isSecret(name)) {
			return null;
		}
		int value = valueStart;
		while (value < end && (Letters.isBlank(text.charAt(value)) || text.charAt(value) == '\\')) {
			value++;
		}
		if (value == end) {
			return null;
		}
		char quote = text.charAt(value);
		return (quote == '"' || quote == '\'') ? quoted(text, quote, value + 1, end) : plain(text, name, value, end);
	}

	/**
	 * Find the value after an option of a command.
	 * @param start where there is a dash
	 */
	static @Nullable Span option(String text, int start, int end) {
		if (start > 0 && !Letters.isBlank(text.charAt(start - 1))) {
			return null;
		}
		int last = start;
		int most = Math.min(end, start + MAX_NAME);
		while (last < most && Letters.isName(text.charAt(last))) {
			last++;
		}
		int value = Letters.skipBlanks(text, last, end);
		if (value == last || !SecretNames.isSecret(text.substring(start, last))) {
			return null;
		}
		int valueEnd = value;
		while (valueEnd < end && !Character.isWhitespace(text.charAt(valueEnd))) {
			valueEnd++;
		}
		return Span.of(value, valueEnd);
	}

	private static @Nullable Span plain(String text, String name, int start, int end) {
		String flat = SecretNames.flattened(name);
		boolean line = flat.contains("cookie") || flat.contains("authorization");
		int last = start;
		while (last < end && ((line) ? !Letters.endsLine(text.charAt(last)) : !Letters.endsValue(text.charAt(last)))) {
			last++;
		}
		if (SecretNames.isCount(name) && isNumber(text, start, last)) {
			return null;
		}
		if (TokenPrefixes.schemeEnd(text, start) == last) {
			last = Letters.tokenEnd(text, Letters.skipBlanks(text, last, end), end);
		}
		return Span.of(start, last);
	}

	private static @Nullable Span quoted(String text, char quote, int start, int end) {
		// JSON in a text in JSON has backslashes before all its quotes
		boolean escaped = text.charAt(Math.max(0, start - 2)) == '\\';
		int last = start;
		while (last < end && text.charAt(last) != quote) {
			last += (!escaped && text.charAt(last) == '\\') ? 2 : 1;
		}
		last = Math.min(last, end);
		if (escaped && last > start && text.charAt(last - 1) == '\\') {
			last--;
		}
		return Span.of(start, last);
	}

	/**
	 * Return a name that ends before a place, and what may stand between.
	 */
	private static @Nullable String nameBefore(String text, int place) {
		int least = Math.max(0, place - MAX_NAME);
		int last = place;
		while (last > least && "\"'\\ ]\t".indexOf(text.charAt(last - 1)) >= 0) {
			last--;
		}
		int first = last;
		while (first > least && Letters.isName(text.charAt(first - 1))) {
			first--;
		}
		return (first < last) ? text.substring(first, last) : null;
	}

	private static boolean isNumber(String text, int start, int end) {
		for (int i = start; i < end; i++) {
			if (!Character.isDigit(text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

}
