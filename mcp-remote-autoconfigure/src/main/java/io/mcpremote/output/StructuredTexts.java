// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * Takes the strings of structured content through a pass. What nothing changes in is not
 * copied.
 */
final class StructuredTexts {

	private final ObjectMapper json;

	StructuredTexts(ObjectMapper json) {
		this.json = json;
	}

	@Nullable Object pass(@Nullable Object value, TextPass pass) {
		if (value instanceof String text) {
			return pass.text(text);
		}
		if (value instanceof Map<?, ?> map) {
			return map(map, pass);
		}
		if (value instanceof List<?> list) {
			return list(list, pass);
		}
		if (value == null || value instanceof Number || value instanceof Boolean) {
			return value;
		}
		// A type of the application's, which is text only once it is JSON
		Object plain = this.json.convertValue(value, Object.class);
		Object passed = pass(plain, pass);
		return (passed != plain) ? passed : value;
	}

	private Map<?, ?> map(Map<?, ?> map, TextPass pass) {
		Map<Object, @Nullable Object> copy = null;
		int index = 0;
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			Object name = (entry.getKey() instanceof String text) ? pass.name(text) : entry.getKey();
			boolean renamed = name != entry.getKey();
			Object passed = pass(entry.getValue(), pass);
			if (copy == null && (renamed || passed != entry.getValue())) {
				copy = beginning(map, index);
			}
			// Two names that look the same: nothing hidden takes the place of the real
			// one
			if (copy != null && !(renamed && (map.containsKey(name) || copy.containsKey(name)))) {
				copy.put(name, passed);
			}
			index++;
		}
		return (copy != null) ? copy : map;
	}

	private static Map<Object, @Nullable Object> beginning(Map<?, ?> map, int size) {
		Map<Object, @Nullable Object> beginning = new LinkedHashMap<>();
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			if (beginning.size() == size) {
				break;
			}
			beginning.put(entry.getKey(), entry.getValue());
		}
		return beginning;
	}

	private List<?> list(List<?> list, TextPass pass) {
		List<@Nullable Object> copy = null;
		for (int i = 0; i < list.size(); i++) {
			Object element = list.get(i);
			Object passed = pass(element, pass);
			if (copy == null && passed != element) {
				copy = new ArrayList<>(list.subList(0, i));
			}
			if (copy != null) {
				copy.add(passed);
			}
		}
		return (copy != null) ? copy : list;
	}

}
