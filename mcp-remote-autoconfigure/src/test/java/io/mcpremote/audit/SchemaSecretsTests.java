// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SchemaSecrets}.
 */
class SchemaSecretsTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Test
	void ofWhenMarkedThenByName() {
		SchemaSecrets secrets = of("""
				{"type":"object","properties":{"a":{"type":"string","writeOnly":true},
				"b":{"type":"string","format":"password"},"c":{"type":"string"},"writeOnly":{"type":"boolean"},
				"d":{"type":"string","default":{"writeOnly":true}}}}""");
		assertThat(secrets.secret()).containsExactlyInAnyOrder("a", "b");
		assertThat(secrets.names()).containsExactlyInAnyOrder("a", "b", "c", "d", "writeOnly");
		assertThat(secrets.everything()).isFalse();
	}

	@Test
	void ofWhenMarkedByWayOfReferencesThenByName() {
		SchemaSecrets secrets = of("""
				{"type":"object","$defs":{"Secret":{"$ref":"#/$defs/a~1b"},"a/b":{"format":"password"},
				"Plain":{"type":"string"},"Node":{"properties":{"inner":{"$anchor":"in","writeOnly":true},
				"next":{"$ref":"#/$defs/Node"}}}},
				"properties":{"a":{"$ref":"#/$defs/Secret"},"b":{"allOf":[{"$ref":"#/$defs/a%7E1b"}]},
				"c":{"type":"array","items":{"anyOf":[{"type":"null"},{"$ref":"#/$defs/Secret"}]}},
				"d":{"additionalProperties":{"writeOnly":true}},"e":{"patternProperties":{"^x":{"writeOnly":true}}},
				"f":{"$ref":"#/$defs/Plain"},"g":{"$ref":"#/$defs/Node"},"h":{"$ref":"#in"},
				"i":{"prefixItems":[{"type":"string"},{"writeOnly":true}]}}}""");
		assertThat(secrets.secret()).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "h", "i", "inner");
	}

	@Test
	void ofWhenReferenceLeadsNowhereThenSecret() {
		assertThat(of("{\"properties\":{\"a\":{\"$ref\":\"https://example.com/s\"},\"b\":{\"$ref\":\"#/$defs/none\"}}}")
			.secret()).containsExactlyInAnyOrder("a", "b");
	}

	@Test
	void ofWhenTheWholeIsMarkedThenEverything() {
		assertThat(of("{\"additionalProperties\":{\"writeOnly\":true}}").everything()).isTrue();
		assertThat(of("{\"writeOnly\":true}").everything()).isTrue();
	}

	@Test
	void ofWhenReferencesGoInCirclesThenComesToAnEnd() {
		SchemaSecrets secrets = of("""
				{"$ref":"#","properties":{"a":{"$ref":"#/properties/b"},"b":{"$ref":"#/properties/a"},
				"c":{"$ref":"#"}}}""");
		assertThat(secrets.secret()).isEmpty();
	}

	@Test
	void ofWhenTooLargeToLookThroughThenEverything() {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (int i = 0; i < 20_000; i++) {
			properties.put("p" + i, new LinkedHashMap<>(Map.of("type", "string")));
		}
		assertThat(SchemaSecrets.of(Map.of("properties", properties)).everything()).isTrue();
	}

	@Test
	void ofWhenNoneThenNothing() {
		assertThat(SchemaSecrets.of(null).secret()).isEmpty();
		assertThat(SchemaSecrets.of(null).everything()).isFalse();
	}

	@SuppressWarnings("unchecked")
	private static SchemaSecrets of(String schema) {
		return SchemaSecrets.of(JSON.readValue(schema, Map.class));
	}

}
