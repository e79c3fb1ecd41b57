// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells by the names that lead to a value whether it is secret. Made once for each tool.
 */
final class NameRules {

	/**
	 * For what has neither schema nor policy.
	 */
	static final NameRules DEFAULT = new NameRules(SchemaSecrets.of(null), List.of());

	private final boolean everything;

	private final Map<String, Boolean> known = new HashMap<>();

	private final Set<String> secret = new HashSet<>();

	private final List<List<String>> paths = new ArrayList<>();

	/**
	 * Create rules.
	 * @param schema what the schema marks
	 * @param more names, or paths with dots between names, which match wherever values
	 * are found under them, in whatever spelling
	 */
	NameRules(SchemaSecrets schema, Collection<String> more) {
		this.everything = schema.everything();
		schema.secret().forEach((name) -> this.secret.add(SecretNames.flattened(name)));
		for (String path : more) {
			List<String> names = new ArrayList<>();
			for (String name : path.split("\\.")) {
				names.add(SecretNames.flattened(name));
			}
			if (names.size() == 1) {
				this.secret.add(names.get(0));
			}
			else {
				this.paths.add(List.copyOf(names));
				// A name may have dots of its own
				this.secret.add(String.join("", names));
			}
		}
		schema.names().forEach((name) -> this.known.put(name, isSecretName(name)));
	}

	/**
	 * Return whether all values are secret.
	 */
	boolean everything() {
		return this.everything;
	}

	/**
	 * Return whether a value is secret.
	 * @param path the names that lead to it, without those of lists
	 * @param depth how many of them there are
	 * @param number whether it is a number, which may be one of tokens
	 */
	boolean isSecret(String[] path, int depth, boolean number) {
		String name = path[depth - 1];
		Boolean remembered = this.known.get(name);
		boolean secret = (remembered != null) ? remembered : isSecretName(name);
		if (secret && (!number || isMarked(name) || !SecretNames.isCount(name))) {
			return true;
		}
		return !this.paths.isEmpty() && isMarkedPath(path, depth, SecretNames.flattened(name));
	}

	/**
	 * Return whether a value is secret, given its own name only.
	 */
	boolean isSecretName(String name) {
		return SecretNames.isSecret(name) || isMarked(name);
	}

	/**
	 * Return whether somebody has said that the name stands for a secret.
	 */
	private boolean isMarked(String name) {
		return !this.secret.isEmpty() && this.secret.contains(SecretNames.flattened(name));
	}

	private boolean isMarkedPath(String[] path, int depth, String last) {
		for (int i = 0; i < this.paths.size(); i++) {
			List<String> names = this.paths.get(i);
			// Most are known by their last name not to match
			if (names.get(names.size() - 1).equals(last) && endsWith(path, depth, names)) {
				return true;
			}
		}
		return false;
	}

	private static boolean endsWith(String[] path, int depth, List<String> names) {
		if (names.size() > depth) {
			return false;
		}
		for (int i = 2; i <= names.size(); i++) {
			if (!names.get(names.size() - i).equals(SecretNames.flattened(path[depth - i]))) {
				return false;
			}
		}
		return true;
	}

}
