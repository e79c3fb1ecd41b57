// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.LinkedHashSet;
import java.util.Set;

import io.mcpremote.call.TargetKind;
import io.mcpremote.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * Something that a call is about, and what applies to it.
 *
 * @param kind its kind
 * @param name its name or URI, as the client has sent it
 * @param entry the name, URI or template under which it is listed, {@code null} if there
 * is nothing of that name
 * @param policies what applies: one policy, or of what may become one of several things,
 * those of all of them
 */
record Target(TargetKind kind, String name, @Nullable String entry, Set<Policy> policies) {

	/**
	 * Return whether everybody may use it.
	 */
	boolean isPublic() {
		return this.entry != null && this.policies.stream().allMatch(Policy::isPublic);
	}

	/**
	 * Return the scopes that a token must have, all of them.
	 */
	Set<String> scopes() {
		if (this.policies.size() == 1) {
			return this.policies.iterator().next().scopes();
		}
		Set<String> all = new LinkedHashSet<>();
		this.policies.forEach((policy) -> all.addAll(policy.scopes()));
		return all;
	}

}
