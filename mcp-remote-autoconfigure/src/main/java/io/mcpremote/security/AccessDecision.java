// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import io.mcpremote.call.TargetKind;

import org.springframework.security.core.Authentication;

/**
 * Decides with what only the application knows, such as permissions in a database, who
 * may use what. All beans of this type are asked about everything that is not public, on
 * each call, for each entry of a list and for each update that a stream is told of, and
 * all must agree. One that throws disagrees.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AccessDecision {

	/**
	 * Decide whether a caller may use something. What it may not use does not exist for
	 * it.
	 * @param caller the caller, who is authenticated
	 * @param kind the kind of what is to be used
	 * @param name its name or URI; in lists of templates the template
	 * @return whether the caller may use it
	 */
	boolean mayUse(Authentication caller, TargetKind kind, String name);

}
