// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/**
 * Lets the fields of a tool's structured result be null. Java's types do not say which
 * fields may be, and a result that is refused for a missing detail helps nobody.
 */
final class NullableOutput {

	private NullableOutput() {
	}

	static Tool of(Tool tool) {
		if (tool.outputSchema() == null) {
			return tool;
		}
		return new Tool(tool.name(), tool.title(), tool.description(), tool.inputSchema(), members(tool.outputSchema()),
				tool.annotations(), tool.meta(), tool.icons());
	}

	/**
	 * Relax what a schema says of its members, but not the schema itself.
	 */
	private static Map<String, Object> members(Map<?, ?> schema) {
		Map<String, Object> relaxed = new LinkedHashMap<>();
		schema.forEach((key, value) -> relaxed.put(String.valueOf(key), member(String.valueOf(key), value)));
		return relaxed;
	}

	private static Object member(String keyword, Object value) {
		return switch (keyword) {
			case "properties" -> (value instanceof Map<?, ?> properties) ? each(properties, true) : value;
			case "$defs", "definitions" -> (value instanceof Map<?, ?> definitions) ? each(definitions, false) : value;
			case "items", "additionalProperties" -> (value instanceof Map<?, ?> schema) ? nullable(schema) : value;
			default -> value;
		};
	}

	private static Map<String, Object> each(Map<?, ?> schemas, boolean nullable) {
		Map<String, Object> relaxed = new LinkedHashMap<>();
		schemas.forEach((name, schema) -> relaxed.put(String.valueOf(name),
				(schema instanceof Map<?, ?> map) ? ((nullable) ? nullable(map) : members(map)) : schema));
		return relaxed;
	}

	private static Map<String, Object> nullable(Map<?, ?> schema) {
		if (schema.containsKey("$ref") || schema.containsKey("const") || schema.containsKey("anyOf")
				|| schema.containsKey("oneOf") || schema.containsKey("allOf")) {
			return Map.of("anyOf", List.of(members(schema), Map.of("type", "null")));
		}
		Map<String, Object> relaxed = members(schema);
		if (schema.containsKey("type")) {
			relaxed.put("type", withNull(schema.get("type"), "null"));
		}
		if (schema.get("enum") instanceof List<?> values) {
			relaxed.put("enum", withNull(values, null));
		}
		return relaxed;
	}

	private static Object withNull(@Nullable Object value, @Nullable Object nothing) {
		List<@Nullable Object> all = new ArrayList<>();
		if (value instanceof List<?> values) {
			all.addAll(values);
		}
		else {
			all.add(value);
		}
		if (!all.contains(nothing)) {
			all.add(nothing);
		}
		return all;
	}

}
