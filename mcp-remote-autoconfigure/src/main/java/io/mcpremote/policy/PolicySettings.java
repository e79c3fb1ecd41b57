// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What one source says of a policy. What it does not mention is left to the sources below
 * it.
 *
 * @param access Who may use it.
 * @param scopes Comma-separated list of scopes that a token must have, all of them.
 * @param roles Comma-separated list of roles of which the caller must have one.
 * @since 0.1.0
 */
public record PolicySettings(@Nullable Access access, @Nullable List<String> scopes, @Nullable List<String> roles) {

	static PolicySettings of(ToolPolicy annotation) {
		return new PolicySettings((annotation.access().length > 0) ? annotation.access()[0] : null,
				(annotation.scopes().length > 0) ? List.of(annotation.scopes()) : null,
				(annotation.roles().length > 0) ? List.of(annotation.roles()) : null);
	}

	/**
	 * Put these settings on top of a policy. Opening something to everybody takes away
	 * what was asked for below; asking for something closes what was open below.
	 */
	Policy over(Policy lower) {
		boolean asks = !isEmpty(this.scopes) || !isEmpty(this.roles);
		boolean opens = this.access == Access.PUBLIC;
		Access effective = (this.access != null) ? this.access : (asks) ? Access.PROTECTED : lower.access();
		return new Policy(effective, over(this.scopes, (opens) ? Set.of() : lower.scopes()),
				over(this.roles, (opens) ? Set.of() : lower.roles()));
	}

	/**
	 * Check what is said here.
	 * @param source where it is said
	 */
	PolicySettings check(String source) {
		if (this.access == Access.PUBLIC && (!isEmpty(this.scopes) || !isEmpty(this.roles))) {
			throw new InvalidPolicyException(source + " is public and asks for scopes or roles at the same time.",
					"Take away either access or scopes and roles.");
		}
		check(source, "scopes", this.scopes, "SCOPE_");
		check(source, "roles", this.roles, "ROLE_");
		return this;
	}

	private static void check(String source, String key, @Nullable List<String> values, String prefix) {
		for (String value : (values != null) ? values : List.<String>of()) {
			if (!ScopeName.isValid(value)) {
				throw new InvalidPolicyException(source + ": '" + value + "' in " + key + " is not a name.",
						"Use printable ASCII without spaces, quotes and backslashes, and commas between several.");
			}
			if (value.startsWith(prefix)) {
				throw new InvalidPolicyException(source + ": '" + value + "' in " + key + " has a prefix.",
						"Leave " + prefix + " out: " + value.substring(prefix.length()) + ".");
			}
		}
	}

	private static boolean isEmpty(@Nullable List<String> values) {
		return values == null || values.isEmpty();
	}

	private static Set<String> over(@Nullable List<String> values, Set<String> lower) {
		return (values != null) ? Collections.unmodifiableSet(new LinkedHashSet<>(values)) : lower;
	}

}
