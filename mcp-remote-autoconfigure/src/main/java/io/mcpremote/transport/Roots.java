// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.Refusals;

/**
 * Makes what clients say of their roots fit to be logged, which the SDK does with it.
 */
final class Roots {

	private static final int MAX_ROOTS = 100;

	private static final int MAX_URI_LENGTH = 2048;

	private Roots() {
	}

	/**
	 * Return an answer as it is, unless it is a list of roots.
	 */
	static Map<String, Object> cleaned(Map<String, Object> answer) {
		if (!(answer.get("roots") instanceof List<?> roots)) {
			return answer;
		}
		List<Map<String, Object>> cleaned = new ArrayList<>();
		for (Object root : roots) {
			if (root instanceof Map<?, ?> map && map.get("uri") instanceof String uri && uri.length() <= MAX_URI_LENGTH
					&& cleaned.size() < MAX_ROOTS) {
				Map<String, Object> kept = new HashMap<>();
				kept.put("uri", uri.replaceAll("\\p{Cntrl}", " "));
				if (map.get("name") instanceof String name) {
					kept.put("name", Refusals.shown(name));
				}
				cleaned.add(kept);
			}
		}
		return Map.of("roots", cleaned);
	}

}
