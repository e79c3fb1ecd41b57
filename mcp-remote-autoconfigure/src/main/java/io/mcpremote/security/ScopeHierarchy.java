// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.mcpremote.policy.ScopeName;

/**
 * Knows which scopes stand in for others.
 */
final class ScopeHierarchy {

	/**
	 * By scope, the scopes that include it directly.
	 */
	private final Map<String, Set<String>> above = new HashMap<>();

	/**
	 * Read a hierarchy.
	 * @param rules rules such as 'write > read'
	 * @throws IllegalArgumentException if a rule cannot be read or scopes include each
	 * other
	 */
	ScopeHierarchy(List<String> rules) {
		for (String rule : rules) {
			String[] scopes = rule.trim().split("\\s*>\\s*", -1);
			if (scopes.length < 2 || !List.of(scopes).stream().allMatch(ScopeName::isValid)) {
				throw new IllegalArgumentException("'" + rule + "' is no rule");
			}
			for (int i = 1; i < scopes.length; i++) {
				this.above.computeIfAbsent(scopes[i], (scope) -> new HashSet<>()).add(scopes[i - 1]);
			}
		}
		for (String scope : this.above.keySet()) {
			if (this.above.get(scope).stream().anyMatch((higher) -> including(higher).contains(scope))) {
				throw new IllegalArgumentException("'" + scope + "' includes itself");
			}
		}
	}

	/**
	 * Return the scopes that are as good as a scope, among them itself.
	 */
	Set<String> including(String scope) {
		Set<String> all = new HashSet<>();
		collect(scope, all);
		return all;
	}

	private void collect(String scope, Set<String> all) {
		if (all.add(scope)) {
			this.above.getOrDefault(scope, Set.of()).forEach((higher) -> collect(higher, all));
		}
	}

}
