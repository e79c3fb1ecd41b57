// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The value of an argument as a user is shown it. Whoever chose it must not be able to
 * change the question: it stays on one line, nothing in it is invisible or turns the
 * direction of text, it is cut visibly, and whatever could pass for words of the question
 * is in quotes.
 */
final class ShownValue {

	private static final int MAX_LENGTH = 100;

	// Straight, low, wide and prime ones, which Unicode does not count among quotation
	// marks
	private static final String QUOTES = "\"\u201E\u201A\uFF02\u2033\u2036\u02BA\u02DD\u02EE\u3003\u301D\u301E\u301F";

	private static final char REPLACEMENT = '\uFFFD';

	private final StringBuilder text = new StringBuilder();

	private int length;

	private boolean word = true;

	private boolean space;

	private ShownValue() {
	}

	static String of(@Nullable Object value) {
		if (value == null) {
			return "(not given)";
		}
		ShownValue shown = new ShownValue();
		shown.add(value);
		return shown.finish(value instanceof Number || value instanceof Boolean);
	}

	private void add(@Nullable Object value) {
		if (isFull()) {
			// Nobody will see it
			this.length++;
		}
		else if (value instanceof Map<?, ?> object) {
			String separator = "{";
			for (Map.Entry<?, ?> member : object.entrySet()) {
				add(separator);
				add(String.valueOf(member.getKey()));
				add(": ");
				add(member.getValue());
				separator = ", ";
			}
			add((object.isEmpty()) ? "{}" : "}");
		}
		else if (value instanceof List<?> list) {
			String separator = "[";
			for (Object element : list) {
				add(separator);
				add(element);
				separator = ", ";
			}
			add((list.isEmpty()) ? "[]" : "]");
		}
		else {
			add(String.valueOf(value));
		}
	}

	private void add(String part) {
		int i = 0;
		while (i < part.length() && !isFull()) {
			int character = part.codePointAt(i);
			i += Character.charCount(character);
			add(character);
		}
		this.length += part.codePointCount(i, part.length());
	}

	private void add(int character) {
		this.length++;
		if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
			this.space = true;
			this.word = false;
			return;
		}
		if (this.space) {
			this.text.append(' ');
			this.space = false;
		}
		if (isHidden(character)) {
			this.text.append(REPLACEMENT);
			this.word = false;
		}
		else if (isQuote(character)) {
			this.text.append('\'');
			this.word = false;
		}
		else {
			this.text.appendCodePoint(character);
			this.word &= isWord(character);
		}
	}

	private boolean isFull() {
		return this.length >= MAX_LENGTH;
	}

	private String finish(boolean literal) {
		boolean cut = this.length > MAX_LENGTH;
		if (!cut && !this.text.isEmpty() && (this.word || literal)) {
			return this.text.toString();
		}
		return '"' + this.text.toString() + ((cut) ? "\u2026\" (too long to be shown)" : "\"");
	}

	/**
	 * Return whether a character is one of those that make up names and numbers, and are
	 * written from left to right.
	 */
	private static boolean isWord(int character) {
		return character < 128 && (Character.isLetterOrDigit(character) || "._-@/+:".indexOf(character) >= 0);
	}

	/**
	 * Return whether a character could pass for the end of what is in quotes.
	 */
	private static boolean isQuote(int character) {
		return switch (Character.getType(character)) {
			case Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION -> true;
			default -> QUOTES.indexOf(character) >= 0;
		};
	}

	/**
	 * Return whether a character cannot be seen, or changes others.
	 */
	private static boolean isHidden(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
					Character.UNASSIGNED ->
				true;
			// Marks that are drawn over their neighbours, and selectors of variants
			case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> isDecoration(character);
			// Letters of Hangul and Braille that are blank
			default -> character == 0x115F || character == 0x1160 || character == 0x3164 || character == 0xFFA0
					|| character == 0x2800;
		};
	}

	private static boolean isDecoration(int mark) {
		return mark == 0x034F || (mark >= 0x17B4 && mark <= 0x17B5) || (mark >= 0x180B && mark <= 0x180F)
				|| (mark >= 0xFE00 && mark <= 0xFE0F) || (mark >= 0xE0100 && mark <= 0xE01EF)
				|| (mark >= 0x20D0 && mark <= 0x20F0);
	}

}
