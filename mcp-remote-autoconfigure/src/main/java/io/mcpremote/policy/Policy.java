// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Everything that applies to one tool, prompt or resource, after annotation and
 * configuration have been brought together.
 *
 * @param access who may use it
 * @param scopes the scopes that a token must have, all of them
 * @param roles the roles of which the caller must have one
 * @param rateLimit how often one caller may use it, {@code null} for no limit of its own
 * @param cost how many calls one call counts for
 * @since 0.1.0
 */
public record Policy(Access access, Set<String> scopes, Set<String> roles, @Nullable Rate rateLimit, int cost) {

	/**
	 * What applies where nobody has said anything.
	 */
	static final Policy DEFAULT = new Policy(Access.PROTECTED, Set.of(), Set.of(), null, 1);

	/**
	 * Return whether no token is needed.
	 * @return whether everybody may use it
	 */
	public boolean isPublic() {
		return this.access == Access.PUBLIC;
	}

	/**
	 * Return whether somebody has decided who may use it.
	 * @return whether it is public or asks for a scope or a role
	 */
	public boolean isGoverned() {
		return isPublic() || !this.scopes.isEmpty() || !this.roles.isEmpty();
	}

}
