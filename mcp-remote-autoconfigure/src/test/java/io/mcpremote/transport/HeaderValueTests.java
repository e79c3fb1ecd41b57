// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderValueTests {

	@ParameterizedTest(name = "{0} -> {1}")
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
			plain|plain
			  padded  |padded
			two words|two words
			''|''
			=?base64?SGVsbG8=?=|Hello
			 =?base64?SGVsbG8=?= |Hello
			=?base64?WsO8cmljaA==?=|Z\u00FCrich
			=?base64?8J+YgA==?=|\uD83D\uDE00
			=?base64??=|''
			=?base64?IHg=?=| x
			=?BASE64?SGVsbG8=?=|=?BASE64?SGVsbG8=?=
			=?Base64?SGVsbG8=?=|=?Base64?SGVsbG8=?=
			SGVsbG8=?=|SGVsbG8=?=
			=?base64?SGVsbG8=|=?base64?SGVsbG8=
			=?base64?=|=?base64?=
			=?base64?|=?base64?
			?base64?SGVsbG8=?=|?base64?SGVsbG8=?=
			x=?base64?SGVsbG8=?=|x=?base64?SGVsbG8=?=
			""")
	void decodeWhenWellFormedThenValue(String raw, String value) {
		assertThat(HeaderValue.decode(raw)).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "=?base64?SGVsbG8?=", "=?base64?SGVsbG8==?=", "=?base64?SGVsbG8=====?=",
			"=?base64?SGVs!!!bG8=?=", "=?base64?SGVs bG8=?=", "=?base64?fsO_Pw==?=", "=?base64?=SGVsbG8?=",
			"=?base64?A?=", "=?base64?/w==?=", "=?base64?wIA=?=", "=?base64?7aCA?=", "Z\u00FCrich", "a\u0000b", "a\nb",
			"a\u007Fb", "\u20AC" })
	void decodeWhenMalformedThenNull(String raw) {
		assertThat(HeaderValue.decode(raw)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\tb", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" })
	void decodeWhenVisibleThenLeftAlone(String raw) {
		assertThat(HeaderValue.decode(raw)).isEqualTo(raw);
	}

}
