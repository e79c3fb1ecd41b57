// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.util.List;
import java.util.Map;

import io.mcpremote.test.RunningServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A schema that names arguments names all of them, unless it says otherwise.
 */
class ArgumentPathTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"properties\":{\"a\":{}}} | a | true",
			"{\"properties\":{\"a\":{}}} | b | false", "{\"properties\":{\"a\":{}}} | a.b.c | true",
			"{\"properties\":{\"a\":true}} | a.b | true", "{\"properties\":{\"a\":false}} | a.b | false",
			"{\"properties\":{}} | a | false", "{} | a | true", "{\"type\":\"object\"} | a | true",
			"{\"properties\":{\"a\":{\"type\":\"string\"}}} | a.b | false",
			"{\"properties\":{\"a\":{\"type\":[\"object\",\"null\"]}}} | a.b | true",
			"{\"properties\":{\"a\":{\"type\":\"array\"}}} | a.0 | false",
			"{\"properties\":{\"a\":{}},\"additionalProperties\":true} | b | true",
			"{\"properties\":{\"a\":{}},\"additionalProperties\":{\"type\":\"string\"}} | b | true",
			"{\"type\":\"object\",\"additionalProperties\":false} | b | false",
			"{\"properties\":{\"a\":{}},\"patternProperties\":{}} | b | true",
			"{\"properties\":{\"a\":{\"$ref\":\"#/$defs/x\"}},\"$defs\":{\"x\":{\"properties\":{\"b\":{}}}}} | a.b | true",
			"{\"properties\":{\"a\":{\"$ref\":\"#/$defs/x\"}},\"$defs\":{\"x\":{\"properties\":{\"b\":{}}}}} | a.c | false",
			"{\"properties\":{\"a\":{\"$ref\":\"#/properties/a\"}}} | a.b | true",
			"{\"properties\":{\"a\":{\"$ref\":\"https://example.org/x\"}}} | a.b | true" })
	@SuppressWarnings("unchecked")
	void existsWhenSchemaThen(String schema, String path, boolean exists) {
		Map<String, Object> parsed = (Map<String, Object>) RunningServer.plain(RunningServer.json(schema));
		assertThat(ArgumentPath.exists(parsed, List.of(path.split("\\.")))).isEqualTo(exists);
	}

}
