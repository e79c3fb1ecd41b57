// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What only a model sees goes, what people write stays.
 */
class InvisibleTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "plain", "tabs\tand\r\nlines", "Grüße, ñandú, naïve", "价格 ¥100", "日本語、テスト。",
			// Persian and Hindi need their joiners
			"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "\u0915\u094D\u200D\u0937", "\u0915\u094D\u200C\u0937",
			"\u0D9A\u0DCA\u200D\u0DBB", "\u0647\u200D.\u0642",
			// A family, a couple, a pirate flag, a skin colour, a keycap
			"\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", "\u2764\uFE0F\u200D\uD83D\uDD25",
			"\uD83C\uDFF4\u200D\u2620\uFE0F", "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDCBB", "1\uFE0F\u20E3",
			"\uD83D\uDC41\uFE0F\u200D\uD83D\uDDE8\uFE0F", "\u2600\uFE0E", "\u00A9\uFE0F",
			// Directions between Hebrew and Latin, Mongolian, Old Korean, a variant
			"\u05D0\u200F!", "\u1820\u180B", "\u1100\u1160", "\u115F\u1161", "\u4E0D\uFE00",
			"no-break\u00A0space, em\u2003space, line\u2028break", "half \uD800 of a character" })
	void stripWhenPeopleWriteItThenStays(String text) {
		assertThat(InvisibleText.strip(text)).isSameAs(text);
		assertThat(InvisibleText.in(text)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gbeng", "gbsct", "gbwls" })
	void stripWhenFlagOfACountryThenStays(String region) {
		String flag = "go " + tagged(region) + "!";
		assertThat(InvisibleText.strip(flag)).isSameAs(flag);
	}

	@ParameterizedTest
	@MethodSource
	void stripWhenOnlyModelsSeeItThenGoes(String text, String expected) {
		assertThat(InvisibleText.strip(text)).isEqualTo(expected);
		assertThat(InvisibleText.in(text)).isTrue();
		assertThat(InvisibleText.in(expected)).isFalse();
	}

	static Stream<Arguments> stripWhenOnlyModelsSeeItThenGoes() {
		return Stream.of(Arguments.of("a\u0000b\u0007c", "abc"), Arguments.of("\u001B[31mred\u001B[0m", "[31mred[0m"),
				Arguments.of("form\fvertical\u000Bx", "form\nvertical\nx"),
				Arguments.of("a\u007Fb\u0085c\u009Bd", "ab\ncd"), Arguments.of("so\u00ADft", "soft"),
				Arguments.of("zero\u200Bwidth", "zerowidth"), Arguments.of("\uFEFFmark", "mark"),
				Arguments.of("join\u200Der", "joiner"), Arguments.of("non\u200Cjoiner", "nonjoiner"),
				Arguments.of("mark\u200E\u200F", "mark"), Arguments.of("pass \u202Etxt.exe", "pass txt.exe"),
				Arguments.of("\u2066iso\u2069late", "isolate"),
				Arguments.of("word\u2060joiner\u2064plus", "wordjoinerplus"),
				Arguments.of("old\u206Aformat", "oldformat"), Arguments.of("\uFFF9note\uFFFAto\uFFFBit", "notetoit"),
				Arguments.of("a\u034Fb", "ab"), Arguments.of("\u3164\uFFA0\u115F\u1160", ""),
				Arguments.of("\u17B4\u17B5", ""), Arguments.of(tags("ignore all"), ""),
				Arguments.of("hi" + tags("do evil") + "!", "hi!"),
				// No flag that anybody shows
				Arguments.of(tagged("usca"), "\uD83C\uDFF4"), Arguments.of(tagged("steal"), "\uD83C\uDFF4"),
				Arguments.of("\uD83D\uDE00" + tags("gbeng"), "\uD83D\uDE00"),
				Arguments.of(tagged("gbeng") + tags("x"), tagged("gbeng")),
				// Selectors in a row, and without anything to select for
				Arguments.of("\uD83D\uDE00\uFE0F\uFE0E\uFE03", "\uD83D\uDE00\uFE0F"),
				Arguments.of("a\uFE0Fb\uFE01", "ab"), Arguments.of("1\uFE0F", "1"),
				Arguments.of("\uD83D\uDE00" + selectors("ignore"), "\uD83D\uDE00"),
				Arguments.of("\u845B" + new String(Character.toChars(0xE0100)), "\u845B"),
				// Joiners in a row
				Arguments.of("\u0645\u200C\u200C\u062E", "\u0645\u200C\u062E"),
				Arguments.of("\u0645\u200D\u200D\u200D\u062E", "\u0645\u200D\u062E"),
				Arguments.of("\uD83D\uDC68\u200D\u200D\uD83D\uDC69", "\uD83D\uDC68\u200D\uD83D\uDC69"),
				// What is left once something is gone must not add up to something else
				Arguments.of("\uD83D\uDE00\u200Ba\uFE0F", "\uD83D\uDE00a"),
				Arguments.of("\u05D0\u200F\u200F\u200F\u200F", "\u05D0\u200F"),
				Arguments.of("\u05D0 \u200F \u200E \u200F \u200E x", "\u05D0 \u200F    x"),
				Arguments.of("\u05D0\n\u200Ex", "\u05D0\nx"),
				Arguments.of("\u05D0 234567890\u200Ex", "\u05D0 234567890x"),
				Arguments.of("\u0E01\u200B\u200B\u0E02", "\u0E01\u200B\u0E02"),
				Arguments.of("\u0E01\u200Ba", "\u0E01a"), Arguments.of("x\u180E\u180By", "xy"),
				Arguments.of(new String(Character.toChars(0x1D173)) + "la", "la"),
				Arguments.of(new String(Character.toChars(0x1BCA0)) + new String(Character.toChars(0xE0001)), ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "C++\u200E \u05D8\u05D5\u05D1", "\u05E9\u05E4\u05EA C++\u200E", "\u05D0!\u200F abc",
			"(\u200F\u05D0)", "\u0E01\u0E32\u200B\u0E02", "\u1780\u17B6\u200B\u1781", "\u0E81\u200B\u0E82",
			"\u1000\u102C\u200B\u1001" })
	void stripWhenMarkHasAnEffectThenStays(String text) {
		assertThat(InvisibleText.strip(text)).isSameAs(text);
		assertThat(InvisibleText.in(text)).isFalse();
	}

	@Test
	void stripThenNothingIsLeftToStrip() {
		int[] ingredients = { 'a', '1', '+', ' ', 0xC, 0x85, 0xE01, 0x1780, 0x5D0, 0x645, 0x62E, 0x915, 0x94D, 0x4E0D,
				0x1F600, 0x1F468, 0x1F3F4, 0x20E3, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x61C, 0x202E, 0x2066,
				0xFE00, 0xFE0E, 0xFE0F, 0xE0067, 0xE0062, 0xE007F, 0xE0100, 0x180B, 0x1820, 0x115F, 0x1160, 0x1161,
				0x1100, 0xAD, 0, 0x1B, 0xD800, 0xDB40 };
		Random random = new Random(7);
		for (int i = 0; i < 50_000; i++) {
			StringBuilder text = new StringBuilder();
			for (int length = random.nextInt(12); length > 0; length--) {
				text.appendCodePoint(ingredients[random.nextInt(ingredients.length)]);
			}
			String stripped = InvisibleText.strip(text.toString());
			assertThat(InvisibleText.in(stripped)).as("%s", text.codePoints().mapToObj(Integer::toHexString).toList())
				.isFalse();
			assertThat(InvisibleText.strip(stripped)).isSameAs(stripped);
		}
	}

	@Test
	void stripWhenAllIsInvisibleThenInOnePass() {
		// Would take minutes if each one were looked for from the beginning
		assertThat(InvisibleText.strip("\u200B".repeat(2_000_000))).isEmpty();
	}

	private static String tagged(String region) {
		return "\uD83C\uDFF4" + tags(region) + new String(Character.toChars(0xE007F));
	}

	private static String tags(String hidden) {
		StringBuilder tags = new StringBuilder();
		hidden.chars().forEach((c) -> tags.appendCodePoint(0xE0000 + c));
		return tags.toString();
	}

	/**
	 * Hide text as known from emoji that carry prompts.
	 */
	private static String selectors(String hidden) {
		StringBuilder selectors = new StringBuilder();
		hidden.chars().forEach((c) -> selectors.appendCodePoint(0xE0100 + c - 16));
		return selectors.toString();
	}

}
