// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Copies parsed JSON, whose values other than maps and lists cannot be changed.
 */
final class JsonCopy {

	private JsonCopy() {
	}

	static @Nullable Object of(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map.size() * 2);
			map.forEach((key, member) -> copy.put(key, of(member)));
			return copy;
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> copy = new ArrayList<>(list.size());
			list.forEach((element) -> copy.add(of(element)));
			return copy;
		}
		return value;
	}

}
