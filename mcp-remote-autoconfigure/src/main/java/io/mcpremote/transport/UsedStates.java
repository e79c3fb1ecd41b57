// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Instant;

/**
 * Remembers which states that may be used only once have been used. Implementations are
 * safe for use by several threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface UsedStates {

	/**
	 * Note that a state is used.
	 * @param id the id of the state
	 * @param expires when the state will be refused anyway
	 * @return whether this is its first use; {@code false} also when there is no room to
	 * remember it
	 */
	boolean use(String id, Instant expires);

	/**
	 * Note that a state is used, knowing since when it could have been.
	 * @param id the id of the state
	 * @param issued when the state was made
	 * @param expires when the state will be refused anyway
	 * @return as for {@link #use(String, Instant)}; {@code false} also when it may have
	 * been used at a time of which nothing is remembered
	 */
	default boolean use(String id, Instant issued, Instant expires) {
		return use(id, expires);
	}

}
