// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.confirm;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * The way to an argument through the input schema of its tool.
 */
final class ArgumentPath {

	private static final int MAX_REFERENCES = 16;

	/**
	 * Keywords that may allow arguments which do not stand under {@code properties}.
	 */
	private static final Set<String> COMPOSING = Set.of("$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if",
			"patternProperties", "dependentSchemas");

	private ArgumentPath() {
	}

	/**
	 * Return whether arguments may have a value at the end of a path. A schema that says
	 * nothing of what is in an object allows anything; one that names some arguments is
	 * taken to name all, unless it says otherwise.
	 * @param schema the input schema of a tool
	 * @param path the names on the way
	 */
	static boolean exists(@Nullable Map<String, Object> schema, List<String> path) {
		Object level = schema;
		for (String name : path) {
			Map<?, ?> object = resolved(schema, level);
			if (object == null || object.isEmpty()) {
				// Nothing is said, or "true"
				return !Boolean.FALSE.equals(level);
			}
			if (!(object.get("properties") instanceof Map<?, ?> properties) || !properties.containsKey(name)) {
				return isOpen(object);
			}
			level = properties.get(name);
		}
		return true;
	}

	/**
	 * Return the names of a tool's arguments.
	 */
	static Set<String> names(@Nullable Map<String, Object> schema) {
		Set<String> names = new TreeSet<>();
		if (schema != null && schema.get("properties") instanceof Map<?, ?> properties) {
			properties.keySet().forEach((name) -> names.add(String.valueOf(name)));
		}
		return names;
	}

	private static boolean isOpen(Map<?, ?> level) {
		Object type = level.get("type");
		if (type != null && !"object".equals(type) && !(type instanceof List<?> types && types.contains("object"))) {
			return false;
		}
		Object additional = level.get("additionalProperties");
		if (additional != null) {
			return !Boolean.FALSE.equals(additional);
		}
		return !level.containsKey("properties") || COMPOSING.stream().anyMatch(level::containsKey);
	}

	private static @Nullable Map<?, ?> resolved(@Nullable Map<String, Object> root, @Nullable Object level) {
		Object current = level;
		for (int i = 0; i < MAX_REFERENCES; i++) {
			if (!(current instanceof Map<?, ?> object) || !(object.get("$ref") instanceof String reference)
					|| !reference.startsWith("#/")) {
				break;
			}
			Object found = root;
			for (String step : reference.substring(2).split("/")) {
				found = (found instanceof Map<?, ?> parent) ? parent.get(step.replace("~1", "/").replace("~0", "~"))
						: null;
			}
			current = found;
		}
		return (current instanceof Map<?, ?> object) ? object : null;
	}

}
