// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What a schema allows, without what it says in words and without order where order means
 * nothing.
 */
final class SchemaContract {

	private static final Set<String> WORDS = Set.of("title", "description", "$comment", "examples");

	/**
	 * Keywords whose values are sets.
	 */
	private static final Set<String> SETS = Set.of("required", "enum", "type");

	/**
	 * Keywords whose values have schemas by name.
	 */
	private static final Set<String> NAMED = Set.of("properties", "patternProperties", "$defs", "definitions",
			"dependentSchemas");

	/**
	 * Keywords whose values are values.
	 */
	private static final Set<String> VALUES = Set.of("const", "default");

	private SchemaContract() {
	}

	static @Nullable Object of(@Nullable Object schema) {
		if (schema instanceof List<?> list) {
			return list.stream().map(SchemaContract::of).toList();
		}
		if (!(schema instanceof Map<?, ?> map)) {
			return schema;
		}
		Map<String, @Nullable Object> contract = new TreeMap<>();
		map.forEach((key, value) -> {
			String keyword = String.valueOf(key);
			if (!WORDS.contains(keyword)) {
				contract.put(keyword, value(keyword, value));
			}
		});
		return contract;
	}

	private static @Nullable Object value(String keyword, @Nullable Object value) {
		if (VALUES.contains(keyword)) {
			return value;
		}
		if (SETS.contains(keyword) && value instanceof List<?> list) {
			return list.stream().map(String::valueOf).sorted().toList();
		}
		if (NAMED.contains(keyword) && value instanceof Map<?, ?> byName) {
			Map<String, @Nullable Object> schemas = new TreeMap<>();
			byName.forEach((name, schema) -> schemas.put(String.valueOf(name), of(schema)));
			return schemas;
		}
		return of(value);
	}

}
