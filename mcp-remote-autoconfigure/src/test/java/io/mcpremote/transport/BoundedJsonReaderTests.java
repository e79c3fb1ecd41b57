// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.RefusalReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BoundedJsonReaderTests {

	private final BoundedJsonReader reader = reader(10);

	private final BoundedJsonReader patient = reader(10_000);

	@Test
	void readWhenObjectThenMembersInOrder() throws RefusedException {
		Object value = read("{\"b\":1,\"a\":[true,false,null],\"c\":{\"d\":\"x\"}}");
		assertThat(value)
			.isEqualTo(Map.of("b", 1, "a", Arrays.asList(Boolean.TRUE, Boolean.FALSE, null), "c", Map.of("d", "x")));
		assertThat(((Map<?, ?>) value).keySet().toArray()).containsExactly("b", "a", "c");
	}

	@Test
	void readWhenNumbersThenNoneLosesDigits() throws RefusedException {
		assertThat(read(this.patient, "[1,-2147483649,9223372036854775808]"))
			.isEqualTo(List.of(1, -2147483649L, new BigInteger("9223372036854775808")));
		assertThat(read("[1.5,1e2,-0.0]")).isEqualTo(List.of(1.5, 100.0, -0.0));
	}

	@Test
	void readWhenScalarThenValue() throws RefusedException {
		assertThat(read("null")).isNull();
		assertThat(read(" true ")).isEqualTo(true);
		assertThat(read("\"\\u00e9\\ud83d\\ude00\"")).isEqualTo("\u00E9\uD83D\uDE00");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			{"a":1,"a":1}           | INVALID_REQUEST
			{"a":1,"\\u0061":2}     | INVALID_REQUEST
			[{"b":{"a":1,"a":2}}]   | INVALID_REQUEST
			[[[[[]]]]]              | INVALID_REQUEST
			{"a":{"a":{"a":{"a":{}}}}} | INVALID_REQUEST
			"12345678901"           | INVALID_REQUEST
			[1,2,3,4]               | INVALID_REQUEST
			{"a":1,"b":2,"c":3,"d":4} | INVALID_REQUEST
			1e400                   | INVALID_REQUEST
			-1e400                  | INVALID_REQUEST
			''                      | NOT_JSON
			'  '                    | NOT_JSON
			{                       | NOT_JSON
			[1                      | NOT_JSON
			{"a"}                   | NOT_JSON
			{"a":}                  | NOT_JSON
			[1,]                    | NOT_JSON
			{} {}                   | NOT_JSON
			1 2                     | NOT_JSON
			nul                     | NOT_JSON
			NaN                     | NOT_JSON
			01                      | NOT_JSON
			// {}                   | NOT_JSON
			"\\ud800"               | NOT_JSON
			"\\udc00\\ud800"        | NOT_JSON
			""")
	void readWhenNotAcceptableThenRefused(String json, RefusalReason reason) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> read(json.replace("\\\\", "\\")))
			.satisfies((ex) -> assertThat(ex.refusal().reason()).isEqualTo(reason))
			.satisfies((ex) -> assertThat(ex.requestId()).isNull())
			.satisfies((ex) -> assertThat(LeakCheck.leakIn(ex.refusal().message())).isNull());
	}

	@ParameterizedTest
	@ValueSource(strings = { "[[[[]]]]", "\"1234567890\"", "[1,2,3]", "{\"a\":1,\"b\":2,\"c\":3}", "1e300",
			"{\"a\":{\"a\":1},\"b\":{\"a\":1}}" })
	void readWhenJustWithinBoundsThenAccepted(String json) throws RefusedException {
		assertThat(read(json)).isNotNull();
	}

	@Test
	void readWhenNumberTooLongThenRefused() throws RefusedException {
		assertThat(read(this.patient, "9".repeat(100))).isEqualTo(new BigInteger("9".repeat(100)));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> read(this.patient, "9".repeat(101)));
	}

	@Test
	void readWhenNameTooLongThenRefused() throws RefusedException {
		assertThat(read("{\"" + "n".repeat(1024) + "\":1}")).isNotNull();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> read("{\"" + "n".repeat(1025) + "\":1}"));
	}

	@Test
	void readWhenNotUtf8ThenRefused() {
		byte[] latin = "\"\u00E9\"".getBytes(StandardCharsets.ISO_8859_1);
		byte[] wide = "[]".getBytes(StandardCharsets.UTF_16LE);
		for (byte[] json : List.of(latin, wide)) {
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> this.reader.read(json))
				.satisfies((ex) -> assertThat(ex.refusal().reason()).isEqualTo(RefusalReason.NOT_JSON));
		}
	}

	private Object read(String json) throws RefusedException {
		return read(this.reader, json);
	}

	private static Object read(BoundedJsonReader reader, String json) throws RefusedException {
		return reader.read(json.getBytes(StandardCharsets.UTF_8));
	}

	private static BoundedJsonReader reader(int maxStringLength) {
		return new BoundedJsonReader(
				new McpRemoteProperties.Message(DataSize.ofKilobytes(8), 4, maxStringLength, 3, 5));
	}

}
