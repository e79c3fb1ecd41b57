// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ParamHeadersTests {

	private static final ParamHeaders.Header HEADER = new ParamHeaders.Header("Mcp-Param-X", List.of("x"));

	@Test
	void ofWhenNoneAnnotatedThenNone() {
		assertThat(ParamHeaders.of(null).headers()).isEmpty();
		assertThat(ParamHeaders.of(Map.of()).headers()).isEmpty();
		assertThat(ParamHeaders.of(properties(Map.of("x", Map.of("type", "string")))).headers()).isEmpty();
	}

	@Test
	void ofWhenAnnotatedThenFoundAtEveryDepth() {
		Map<String, Object> schema = properties(Map.of("region", annotated("string", "Region"), "place",
				properties(Map.of("geo", properties(Map.of("city", annotated("string", "City")))))));
		assertThat(ParamHeaders.of(schema).headers()).containsExactlyInAnyOrder(
				new ParamHeaders.Header("Mcp-Param-Region", List.of("region")),
				new ParamHeaders.Header("Mcp-Param-City", List.of("place", "geo", "city")));
	}

	@Test
	void ofWhenNotReachedByNamesAloneThenIgnored() {
		Map<String, Object> annotated = properties(Map.of("x", annotated("string", "X")));
		for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
			assertThat(ParamHeaders.of(Map.of("type", "object", keyword, List.of(annotated))).headers()).isEmpty();
		}
		for (String keyword : List.of("not", "if", "then", "else", "items", "additionalProperties", "$defs")) {
			assertThat(ParamHeaders.of(Map.of("type", "object", keyword, annotated)).headers()).isEmpty();
		}
		assertThat(ParamHeaders.of(properties(Map.of("list", Map.of("type", "array", "items", annotated)))).headers())
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a:b", "a\nb", "\u00E9", "a/b", "(x)" })
	void ofWhenNameIsNoTokenThenRejected(String name) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ParamHeaders.of(properties(Map.of("region", annotated("string", name)))))
			.withMessageContaining("region");
	}

	@ParameterizedTest
	@ValueSource(strings = { "number", "object", "array", "null" })
	void ofWhenTypeHasNoHeaderFormThenRejected(String type) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ParamHeaders.of(properties(Map.of("region", annotated(type, "Region")))))
			.withMessageContaining("region");
	}

	@Test
	void ofWhenAnnotationIsNoStringThenRejected() {
		Map<String, Object> property = Map.of("type", "string", "x-mcp-header", 5);
		assertThatIllegalArgumentException().isThrownBy(() -> ParamHeaders.of(properties(Map.of("x", property))));
		Map<String, Object> types = Map.of("type", List.of("string", "null"), "x-mcp-header", "X");
		assertThatIllegalArgumentException().isThrownBy(() -> ParamHeaders.of(properties(Map.of("x", types))));
	}

	@Test
	void ofWhenNameTwiceInAnyCaseThenRejected() {
		Map<String, Object> schema = properties(
				Map.of("a", annotated("string", "Region"), "b", annotated("string", "REGION")));
		assertThatIllegalArgumentException().isThrownBy(() -> ParamHeaders.of(schema)).withMessageContaining("twice");
	}

	@Test
	void valueInWhenNestedThenFollowsNames() {
		ParamHeaders.Header header = new ParamHeaders.Header("Mcp-Param-City", List.of("place", "city"));
		assertThat(header.valueIn(Map.of("place", Map.of("city", "Oslo")))).isEqualTo("Oslo");
		assertThat(header.valueIn(Map.of("place", Map.of()))).isNull();
		assertThat(header.valueIn(Map.of("place", "Oslo"))).isNull();
		assertThat(header.valueIn(Map.of("place", List.of("Oslo")))).isNull();
		assertThat(header.valueIn(Map.of())).isNull();
	}

	@ParameterizedTest(name = "{0} and {1}: {2}")
	@MethodSource("comparisons")
	void matchesWhenComparedThenByType(String header, Object argument, boolean expected) {
		assertThat(HEADER.matches(header, argument)).isEqualTo(expected);
	}

	static Stream<Object[]> comparisons() {
		return Stream.of(new Object[] { "x", "x", true }, new Object[] { "x", "X", false },
				new Object[] { "", "", true }, new Object[] { "42", "42", true }, new Object[] { "42.0", "42", false },
				new Object[] { "42", 42, true }, new Object[] { "42.0", 42, true }, new Object[] { "42", 42.0, true },
				new Object[] { "4.2e1", 42, true }, new Object[] { "420e-1", 42, true },
				new Object[] { "042", 42, true }, new Object[] { "-42", 42, false }, new Object[] { "-0", 0, true },
				new Object[] { "9007199254740993", 9007199254740993L, true },
				new Object[] { "9007199254740992", 9007199254740993L, false },
				new Object[] { "9".repeat(40), new BigInteger("9".repeat(40)), true },
				new Object[] { "+42", 42, false }, new Object[] { "42.", 42, false },
				new Object[] { "0x2A", 42, false }, new Object[] { "\uFF14\uFF12", 42, false },
				new Object[] { "1e999999999", 42, false }, new Object[] { "", 42, false },
				new Object[] { "NaN", 42, false }, new Object[] { "true", true, true },
				new Object[] { "false", false, true }, new Object[] { "TRUE", true, false },
				new Object[] { "1", true, false });
	}

	private static Map<String, Object> properties(Map<String, ?> properties) {
		return Map.of("type", "object", "properties", properties);
	}

	private static Map<String, Object> annotated(String type, String header) {
		return Map.of("type", type, "x-mcp-header", header);
	}

}
