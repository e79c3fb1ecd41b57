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
		Span where = nameBefore(text, nameEnd);
		if (where == null) {
			return null;
		}
		String name = text.substring(where.from(), where.to());
		if (!SecretNames.isSecret(name)) {
			return null;
		}
		int value = valueStart;
		while (value < end
				&& (Character.isWhitespace(text.charAt(value)) || "\\>|\u00a0".indexOf(text.charAt(value)) >= 0)) {
			value++;
		}
		if (value == end) {
			return null;
		}
		char first = text.charAt(value);
		if (first == '[' || first == '{') {
			return new Span(value, bracketEnd(text, value, end));
		}
		if (first == '"' || first == '\'') {
			return quoted(text, first, value + 1, end);
		}
		boolean counts = SecretNames.isCount(name);
		boolean prose = valueStart < value && text.charAt(valueStart - 1) == ':';
		if (!counts && (prose || isLong(SecretNames.flattened(name)))) {
			return Span.of(value, lineEnd(text, value, end, (where.from() > 0) ? text.charAt(where.from() - 1) : ' '));
		}
		return plain(text, counts, value, end);
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
		if (value < end && text.charAt(value) == '\\') {
			value++;
		}
		if (value < end && (text.charAt(value) == '"' || text.charAt(value) == '\'')) {
			return quoted(text, text.charAt(value), value + 1, end);
		}
		int valueEnd = value;
		while (valueEnd < end && !Character.isWhitespace(text.charAt(valueEnd))) {
			valueEnd++;
		}
		return Span.of(value, valueEnd);
	}

	/**
	 * Return whether values of a name may have blanks in them.
	 */
	private static boolean isLong(String name) {
		return name.contains("cookie") || name.contains("authorization") || name.contains("phrase")
				|| name.contains("mnemonic");
	}

	/**
	 * Return where a line ends, or the quotes that the name begins.
	 */
	private static int lineEnd(String text, int start, int end, char before) {
		boolean quoted = before == '"' || before == '\'';
		int last = start;
		while (last < end && text.charAt(last) != '\n' && text.charAt(last) != '\r'
				&& !(quoted && text.charAt(last) == before)) {
			last++;
		}
		return last;
	}

	/**
	 * Return where an object or list ends, which is the end of the text if it is cut.
	 */
	private static int bracketEnd(String text, int start, int end) {
		int open = 0;
		boolean quoted = false;
		for (int i = start; i < end; i++) {
			char c = text.charAt(i);
			if (c == '\\' && i + 1 < end && text.charAt(i + 1) != '"') {
				i++;
			}
			else if (c == '"') {
				quoted = !quoted;
			}
			else if (!quoted && (c == '[' || c == '{')) {
				open++;
			}
			else if (!quoted && (c == ']' || c == '}') && --open == 0) {
				return i + 1;
			}
		}
		return end;
	}

	private static @Nullable Span plain(String text, boolean counts, int start, int end) {
		int last = start;
		while (last < end && !Letters.endsValue(text.charAt(last))) {
			last++;
		}
		if (counts && isNumber(text, start, last)) {
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
	private static @Nullable Span nameBefore(String text, int place) {
		int least = Math.max(0, place - MAX_NAME);
		int last = place;
		while (last > least && "\"'\\ ]\t".indexOf(text.charAt(last - 1)) >= 0) {
			last--;
		}
		int first = last;
		while (first > least && Letters.isName(text.charAt(first - 1))) {
			first--;
		}
		return Span.of(first, last);
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
