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
 * @param rateLimit How often one caller may use it, such as 5/1h.
 * @param cost How many calls one call counts for.
 * @since 0.1.0
 */
public record PolicySettings(@Nullable Access access, @Nullable List<String> scopes, @Nullable List<String> roles,
		@Nullable String rateLimit, @Nullable Integer cost) {

	/**
	 * Put these settings on top of a policy. Opening something to everybody takes away
	 * what was asked for below; asking for something closes what was open below.
	 */
	Policy over(Policy lower) {
		boolean asks = !isEmpty(this.scopes) || !isEmpty(this.roles);
		boolean opens = this.access == Access.PUBLIC;
		Access effective = (this.access != null) ? this.access : (asks) ? Access.PROTECTED : lower.access();
		return new Policy(effective, over(this.scopes, (opens) ? Set.of() : lower.scopes()),
				over(this.roles, (opens) ? Set.of() : lower.roles()),
				(this.rateLimit != null) ? PolicyChecks.rate(this.rateLimit) : lower.rateLimit(),
				(this.cost != null) ? this.cost : lower.cost());
	}

	/**
	 * Check what is said here.
	 * @param source where it is said
	 */
	PolicySettings check(String source) {
		PolicyChecks.check(this, source);
		return this;
	}

	static boolean isEmpty(@Nullable List<String> values) {
		return values == null || values.isEmpty();
	}

	private static Set<String> over(@Nullable List<String> values, Set<String> lower) {
		return (values != null) ? Collections.unmodifiableSet(new LinkedHashSet<>(values)) : lower;
	}

}
