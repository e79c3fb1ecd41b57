// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

import java.time.Duration;
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
 * @param timeout how long a call may take
 * @param interruptible whether its thread may be interrupted
 * @param maxConcurrency how many of its calls one caller may have running at once,
 * {@code 0} for any number
 * @param cache whether and how results are remembered
 * @param invalidates the tools whose remembered results a call makes obsolete
 * @param idempotent whether a repeated call is answered with the result of the first
 * @param confirm what a person is asked before it runs, {@code null} for nothing
 * @param sunset until when it is there, {@code null} for good
 * @param sensitive the arguments whose values are never put on record: names, or paths
 * with dots between names
 * @since 0.1.0
 */
public record Policy(Access access, Set<String> scopes, Set<String> roles, @Nullable Rate rateLimit, int cost,
		Duration timeout, boolean interruptible, int maxConcurrency, @Nullable CacheRule cache, Set<String> invalidates,
		boolean idempotent, @Nullable String confirm, @Nullable Sunset sunset, Set<String> sensitive) {

	/**
	 * What applies where nobody has said anything.
	 */
	static final Policy DEFAULT = new Policy(Access.PROTECTED, Set.of(), Set.of(), null, 1, Duration.ofSeconds(30),
			true, 0, null, Set.of(), false, null, null, Set.of());

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
