// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Follows references within a schema.
 */
final class SchemaReferences {

	private static final int MAX_INDEX_LENGTH = 4;

	private SchemaReferences() {
	}

	/**
	 * Return what a reference leads to.
	 * @param root the schema that it is in
	 * @param reference the reference
	 * @return a part of the schema, {@code null} if it cannot be found
	 */
	static @Nullable Object resolve(Map<String, Object> root, String reference) {
		if (!reference.startsWith("#")) {
			return null;
		}
		if (reference.length() > 1 && reference.charAt(1) != '/') {
			return anchored(root, reference.substring(1), Collections.newSetFromMap(new IdentityHashMap<>()));
		}
		Object found = root;
		for (String step : reference.substring(1).split("/")) {
			if (!step.isEmpty()) {
				found = member(found, decoded(step).replace("~1", "/").replace("~0", "~"));
			}
		}
		return found;
	}

	private static @Nullable Object member(@Nullable Object parent, String name) {
		if (parent instanceof Map<?, ?> map) {
			return map.get(name);
		}
		boolean index = !name.isEmpty() && name.length() <= MAX_INDEX_LENGTH
				&& name.chars().allMatch((c) -> c >= '0' && c <= '9');
		return (index && parent instanceof List<?> list && Integer.parseInt(name) < list.size())
				? list.get(Integer.parseInt(name)) : null;
	}

	private static @Nullable Object anchored(@Nullable Object schema, String anchor, Set<Object> seen) {
		if (schema instanceof Map<?, ?> map && seen.add(map)) {
			if (anchor.equals(map.get("$anchor")) || anchor.equals(map.get("$dynamicAnchor"))) {
				return map;
			}
			return anchoredIn(map.values(), anchor, seen);
		}
		return (schema instanceof List<?> list) ? anchoredIn(list, anchor, seen) : null;
	}

	private static @Nullable Object anchoredIn(Iterable<?> parts, String anchor, Set<Object> seen) {
		for (Object part : parts) {
			Object found = anchored(part, anchor, seen);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private static String decoded(String step) {
		try {
			return URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return step;
		}
	}

}
