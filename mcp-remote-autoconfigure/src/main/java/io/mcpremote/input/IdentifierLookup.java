// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

/**
 * Tells whether something exists, for {@link ExistingId}. A bean of the application's,
 * one per kind. It is asked on the thread that serves the call, so that the security
 * context and {@code CurrentCaller} are those of the caller: what a caller may not see
 * does not exist.
 *
 * @since 0.1.0
 */
public interface IdentifierLookup {

	/**
	 * Return what this lookup answers for.
	 * @return the kind, as in {@code @ExistingId("projects")}
	 */
	String kind();

	/**
	 * Return whether there is something with an identifier.
	 * @param id the identifier as text
	 * @return whether there is
	 */
	boolean exists(String id);

}
