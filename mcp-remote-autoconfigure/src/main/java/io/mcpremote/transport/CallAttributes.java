// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What guards have noted about a call. There are a few notes at most, read far more often
 * than made, and most calls have none: a map would cost more than all of the notes.
 */
final class CallAttributes {

	private static final Object[] NONE = {};

	private volatile Object[] pairs = NONE;

	synchronized void put(String name, Object value) {
		Object[] current = this.pairs;
		int known = indexOf(current, name);
		Object[] changed = Arrays.copyOf(current, (known < 0) ? current.length + 2 : current.length);
		int index = (known < 0) ? current.length : known;
		changed[index] = name;
		changed[index + 1] = value;
		this.pairs = changed;
	}

	@Nullable Object get(String name) {
		Object[] current = this.pairs;
		int index = indexOf(current, name);
		return (index < 0) ? null : current[index + 1];
	}

	Map<String, Object> all() {
		Object[] current = this.pairs;
		Map<String, Object> all = new LinkedHashMap<>();
		for (int i = 0; i < current.length; i += 2) {
			all.put((String) current[i], current[i + 1]);
		}
		return all;
	}

	private static int indexOf(Object[] pairs, String name) {
		for (int i = 0; i < pairs.length; i += 2) {
			if (name.equals(pairs[i])) {
				return i;
			}
		}
		return -1;
	}

}
