// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds in a schema which names stand for values that are written only, or are passwords:
 * by whatever way the schema says so. Where it cannot be understood, everything counts as
 * secret.
 */
final class SchemaSecrets {

	private static final int MAX_SCHEMAS = 10_000;

	/**
	 * Keywords whose values are data, not schemas.
	 */
	private static final Set<String> DATA = Set.of("const", "enum", "default", "examples", "required", "x-mcp-header");

	private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions");

	private final Map<String, Object> root;

	private final Set<Object> walked = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Set<String> names = new HashSet<>();

	private final Set<String> secret = new LinkedHashSet<>();

	private boolean everything;

	private SchemaSecrets(Map<String, Object> root) {
		this.root = root;
	}

	/**
	 * Read a schema.
	 */
	static SchemaSecrets of(@Nullable Map<String, Object> schema) {
		SchemaSecrets secrets = new SchemaSecrets((schema != null) ? schema : Map.of());
		try {
			secrets.everything = secrets.isMarked(secrets.root, newSet());
			secrets.walk(secrets.root);
		}
		catch (TooLargeException | StackOverflowError ex) {
			secrets.everything = true;
		}
		return secrets;
	}

	/**
	 * Return whether nothing is to be recorded.
	 */
	boolean everything() {
		return this.everything;
	}

	/**
	 * Return the names of values that are secret.
	 */
	Set<String> secret() {
		return this.secret;
	}

	/**
	 * Return all names that the schema knows.
	 */
	Set<String> names() {
		return this.names;
	}

	private void walk(@Nullable Object schema) {
		if (schema instanceof List<?> list) {
			list.forEach(this::walk);
		}
		if (!(schema instanceof Map<?, ?> map) || !this.walked.add(map)) {
			return;
		}
		if (this.walked.size() > MAX_SCHEMAS) {
			throw new TooLargeException();
		}
		map.forEach((key, value) -> {
			if ("properties".equals(key) && value instanceof Map<?, ?> properties) {
				properties.forEach((name, property) -> {
					this.names.add(String.valueOf(name));
					if (isMarked(property, newSet())) {
						this.secret.add(String.valueOf(name));
					}
					walk(property);
				});
			}
			else if (DEFINITIONS.contains(key) && value instanceof Map<?, ?> definitions) {
				definitions.values().forEach(this::walk);
			}
			else if (!DATA.contains(key)) {
				walk(value);
			}
		});
	}

	/**
	 * Return whether a value of a schema is secret, or something in it that has no name
	 * of its own.
	 */
	private boolean isMarked(@Nullable Object schema, Set<Object> seen) {
		if (schema instanceof List<?> list) {
			return list.stream().anyMatch((element) -> isMarked(element, seen));
		}
		if (!(schema instanceof Map<?, ?> map) || !seen.add(map)) {
			return false;
		}
		if (seen.size() > MAX_SCHEMAS) {
			throw new TooLargeException();
		}
		if (Boolean.TRUE.equals(map.get("writeOnly"))
				|| (map.get("format") instanceof String format && "password".equalsIgnoreCase(format))) {
			return true;
		}
		for (Map.Entry<?, ?> member : map.entrySet()) {
			Object key = member.getKey();
			if ("$ref".equals(key) || "$dynamicRef".equals(key)) {
				Object target = SchemaReferences.resolve(this.root, String.valueOf(member.getValue()));
				if (target == null || isMarked(target, seen)) {
					return true;
				}
			}
			else if (!"properties".equals(key) && !DEFINITIONS.contains(key) && !DATA.contains(key)
					&& isMarked(member.getValue(), seen)) {
				return true;
			}
		}
		return false;
	}

	private static Set<Object> newSet() {
		return Collections.newSetFromMap(new IdentityHashMap<>());
	}

	/**
	 * A schema is larger than anybody would look through.
	 */
	@SuppressWarnings("serial")
	private static final class TooLargeException extends RuntimeException {

		TooLargeException() {
			super(null, null, false, false);
		}

	}

}
