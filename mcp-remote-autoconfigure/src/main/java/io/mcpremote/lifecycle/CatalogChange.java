// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.lifecycle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Something about the tools that is not as it was.
 *
 * @param impact what it means for those who use the tools
 * @param text says what it is
 */
record CatalogChange(Impact impact, String text) {

	static List<CatalogChange> between(LockedCatalog before, LockedCatalog now) {
		List<CatalogChange> changes = new ArrayList<>();
		TreeSet<String> names = new TreeSet<>(before.tools().keySet());
		names.addAll(now.tools().keySet());
		for (String name : names) {
			Map<String, Object> old = before.tools().get(name);
			Map<String, Object> current = now.tools().get(name);
			if (old == null) {
				changes.add(new CatalogChange(Impact.MINOR, "tool '" + name + "' is new"));
			}
			else if (current == null) {
				changes.add(new CatalogChange(Impact.MAJOR, "tool '" + name + "' is gone"));
			}
			else {
				compare(changes, name, old, current);
			}
		}
		changes.sort(Comparator.comparing(CatalogChange::impact, Comparator.reverseOrder()));
		return changes;
	}

	static Impact worst(List<CatalogChange> changes) {
		return changes.stream().map(CatalogChange::impact).max(Comparator.naturalOrder()).orElse(Impact.NONE);
	}

	@Override
	public String toString() {
		return this.impact.name().toLowerCase(Locale.ROOT) + ": " + this.text;
	}

	private static void compare(List<CatalogChange> changes, String name, Map<String, Object> old,
			Map<String, Object> current) {
		int others = changes.size();
		for (String schema : List.of("inputSchema", "outputSchema")) {
			add(changes, Impact.MAJOR, name, schema, SchemaContract.of(old.get(schema)),
					SchemaContract.of(current.get(schema)));
		}
		add(changes, Impact.MINOR, name, "annotations", old.get("annotations"), current.get("annotations"));
		if (changes.size() == others) {
			add(changes, Impact.PATCH, name, "", old, current);
		}
	}

	private static void add(List<CatalogChange> changes, Impact impact, String tool, String path, @Nullable Object old,
			@Nullable Object current) {
		String where = difference(path, old, current);
		if (where != null) {
			changes.add(new CatalogChange(impact, "tool '" + tool + "': " + where));
		}
	}

	/**
	 * Return where two values differ first.
	 */
	private static @Nullable String difference(String path, @Nullable Object old, @Nullable Object current) {
		if (Objects.equals(old, current)) {
			return null;
		}
		if (old == null) {
			return path + " is new";
		}
		if (current == null) {
			return path + " is gone";
		}
		return (old instanceof Map<?, ?> oldMap && current instanceof Map<?, ?> currentMap)
				? difference(path, oldMap, currentMap) : path + " is different";
	}

	private static @Nullable String difference(String path, Map<?, ?> old, Map<?, ?> current) {
		TreeSet<String> keys = new TreeSet<>();
		old.keySet().forEach((key) -> keys.add(String.valueOf(key)));
		current.keySet().forEach((key) -> keys.add(String.valueOf(key)));
		for (String key : keys) {
			String inner = (path.isEmpty()) ? key : path + "." + key;
			if (!old.containsKey(key)) {
				return inner + " is new";
			}
			if (!current.containsKey(key)) {
				return inner + " is gone";
			}
			String where = difference(inner, old.get(key), current.get(key));
			if (where != null) {
				return where;
			}
		}
		return null;
	}

	/**
	 * What a change means for those who use the tools.
	 */
	enum Impact {

		/**
		 * Nothing.
		 */
		NONE,

		/**
		 * Words are others.
		 */
		PATCH,

		/**
		 * There is more, or something else is said of what a tool does.
		 */
		MINOR,

		/**
		 * What worked may not work any more.
		 */
		MAJOR

	}

}
