// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A question says what it is about, and the values in it say nothing else.
 */
class QuestionTests {

	@Test
	void aboutWhenPlainThenValuesInPlace() {
		assertThat(about("Delete {kind} {id}, {force}?", Map.of("kind", "project", "id", 7, "force", true)))
			.isEqualTo("Delete project 7, true?");
		assertThat(about("Go on?", Map.of("id", 7))).isEqualTo("Go on?");
		assertThat(about("{id}", Map.of("id", "p-1/a.b@c:d+e_f"))).isEqualTo("p-1/a.b@c:d+e_f");
		assertThat(about("{id}", Map.of("id", -1.5e30))).isEqualTo("-1.5E30");
	}

	@Test
	void aboutWhenNestedThenFound() {
		assertThat(about("Delete {project.owner.name}?", Map.of("project", Map.of("owner", Map.of("name", "Ada")))))
			.isEqualTo("Delete Ada?");
	}

	@Test
	void aboutWhenNothingIsThereThenSaysSo() {
		assertThat(about("{id}", Map.of())).isEqualTo("(not given)");
		assertThat(about("{id}", Collections.singletonMap("id", null))).isEqualTo("(not given)");
		assertThat(about("{id.name}", Map.of("id", "text"))).isEqualTo("(not given)");
		assertThat(about("{id}", Map.of("id", "(not given)"))).isEqualTo("\"(not given)\"");
		assertThat(about("{id}", Map.of("id", ""))).isEqualTo("\"\"");
	}

	@Test
	void aboutWhenValueLooksLikePlaceThenNotFilled() {
		assertThat(about("{a} {b}", Map.of("a", "{b}", "b", "x"))).isEqualTo("\"{b}\" x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b", "7?", "a, b", "caf\u00E9", "\u05D0\u05D1", "a'b", "(a)", "a\u200Ab" })
	void aboutWhenValueIsNoWordThenQuoted(String value) {
		assertThat(about("Delete {id}?", Map.of("id", value))).matches("Delete \"[^\"]*\"\\?");
	}

	@Test
	void aboutWhenValueHasQuotesThenItsEndIsClear() {
		assertThat(about("{id}", Map.of("id", "a\"? Keep \u201Cb\u201D \u201Ec\uFF02 \u2033")))
			.isEqualTo("\"a'? Keep 'b' 'c' '\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\t", "\u2028", "\u2029", "\u0085", "\u00A0", "\u3000", "\u000B" })
	void aboutWhenValueHasOtherLinesThenOneLine(String between) {
		String question = about("Delete {id}?", Map.of("id", "a" + between + between + "b"));
		assertThat(question).isIn("Delete \"a b\"?", "Delete \"a\uFFFD\uFFFDb\"?");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 7, 0x1B, 0x7F, 0x9B, 0xAD, 0x61C, 0x34F, 0x115F, 0x180E, 0x200B, 0x200D, 0x200E, 0x202E,
			0x2060, 0x2066, 0x2069, 0x2800, 0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0xE000, 0x20DD, 0xE0041, 0xE0100,
			0x10FFFF })
	void aboutWhenValueHasHiddenCharactersThenVisible(int hidden) {
		String value = "a" + Character.toString(hidden) + "b";
		assertThat(about("Delete {id}?", Map.of("id", value))).isEqualTo("Delete \"a\uFFFDb\"?");
	}

	@Test
	void aboutWhenHalfACharacterThenReplaced() {
		assertThat(about("{id}", Map.of("id", "a\uD83D"))).isEqualTo("\"a\uFFFD\"");
	}

	@Test
	void aboutWhenValueIsLongThenCutVisibly() {
		assertThat(about("{id}", Map.of("id", "x".repeat(100)))).isEqualTo("x".repeat(100));
		assertThat(about("{id}", Map.of("id", "x".repeat(101))))
			.isEqualTo("\"" + "x".repeat(100) + "\u2026\" (too long to be shown)");
		assertThat(about("{id}", Map.of("id", " ".repeat(500) + "x"))).isEqualTo("\"\u2026\" (too long to be shown)");
		assertThat(about("{id}", Map.of("id", "\uD83D\uDE00".repeat(101))).codePointCount(0, 100)).isLessThan(100);
	}

	@Test
	void aboutWhenValueIsStructuredThenReadable() {
		assertThat(about("{id}", Map.of("id", List.of(1, "two", Map.of("a", true)))))
			.isEqualTo("\"[1, two, {a: true}]\"");
		assertThat(about("{id}", Map.of("id", List.of()))).isEqualTo("\"[]\"");
		assertThat(about("{id}", Map.of("id", Map.of()))).isEqualTo("\"{}\"");
		assertThat(about("{id}", Map.of("id", Arrays.asList(1, null)))).isEqualTo("\"[1, null]\"");
		assertThat(about("{id}", Map.of("id", Collections.nCopies(10_000, "x")))).hasSizeLessThan(150)
			.endsWith("(too long to be shown)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "}", "{}", "a{b", "a}b", "{a}}", "{{a}}", "{a{b}}", "{a}{", "{a}}{b}" })
	void parseWhenBracesDoNotMatchThenSaysWhere(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Question.parse(text))
			.withMessageContaining("the brace at position");
	}

	private static String about(String text, Map<String, Object> arguments) {
		return Question.parse(text).about(arguments);
	}

}
