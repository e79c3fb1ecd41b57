// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.mcpremote.policy.Policy;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * What a policy asks for, in terms of authorities.
 *
 * @param scopes for each scope the authorities of which one will do
 * @param roles the authorities of which one will do, empty if none is needed
 */
record Requirement(List<Set<String>> scopes, Set<String> roles) {

	static final String SCOPE_PREFIX = "SCOPE_";

	static final String ROLE_PREFIX = "ROLE_";

	static Requirement of(Policy policy, ScopeHierarchy hierarchy) {
		return new Requirement(
				policy.scopes().stream().map((scope) -> prefixed(SCOPE_PREFIX, hierarchy.including(scope))).toList(),
				prefixed(ROLE_PREFIX, policy.roles()));
	}

	boolean hasRole(Authentication caller) {
		return this.roles.isEmpty() || hasAny(caller, this.roles);
	}

	boolean hasScopes(Authentication caller) {
		for (Set<String> alternatives : this.scopes) {
			if (!hasAny(caller, alternatives)) {
				return false;
			}
		}
		return true;
	}

	private static boolean hasAny(Authentication caller, Set<String> authorities) {
		for (GrantedAuthority granted : caller.getAuthorities()) {
			String authority = granted.getAuthority();
			if (authority != null && authorities.contains(authority)) {
				return true;
			}
		}
		return false;
	}

	private static Set<String> prefixed(String prefix, Set<String> names) {
		return names.stream().map(prefix::concat).collect(Collectors.toUnmodifiableSet());
	}

}
