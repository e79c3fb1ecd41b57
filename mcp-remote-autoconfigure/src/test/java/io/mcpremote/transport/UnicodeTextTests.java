// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class UnicodeTextTests {

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(textBlock = """
			22C3A922,     true
			22F09F988022, true
			22EFBFBF22,   true
			EFBBBF7B7D,   true
			22C322,       false
			22C08022,     false
			22E080AF22,   false
			22EDA08022,   false
			22F490808022, false
			22FF22,       false
			7B00,         false
			FFFE7B00,     false
			FEFF007B,     false
			""")
	void isWhenBytesThenOnlyWellFormedUtf8(String bytes, boolean expected) {
		assertThat(UnicodeText.is(HexFormat.of().parseHex(bytes))).isEqualTo(expected);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(quoteCharacter = '`', textBlock = """
			"\\u0041",             true
			"\\ud83d\\ude00",      true
			"\\uD83D\\uDE00x",     true
			"\\\\ud83d",           true
			"\\\\\\ud83d\\ude00",  true
			"\\n\\"\\\\",          true
			"\\ud83d",             false
			"\\ude00",             false
			"\\ud83dx",            false
			"\\ud83d\\n",          false
			"\\ud83d\\ud83d",      false
			"\\ude00\\ud83d",      false
			"\\\\\\ud83d",         false
			"\\u00,                true
			\\,                    true
			""")
	void isWhenEscapedThenOnlyWholeCharacters(String json, boolean expected) {
		assertThat(UnicodeText.is(json.getBytes(StandardCharsets.US_ASCII))).isEqualTo(expected);
	}

}
