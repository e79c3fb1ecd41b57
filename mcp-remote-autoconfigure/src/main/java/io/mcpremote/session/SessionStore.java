// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Keeps session records, within the configured caps and until they have been idle for too
 * long. Implementations are safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface SessionStore {

	/**
	 * Keep a new record. If its owner has as many sessions as one owner may have, the one
	 * unused for longest makes room. All addresses of one network count as one owner.
	 * @param session the record
	 * @return whether it is kept; {@code false} if there is no room for any more sessions
	 */
	boolean create(SessionRecord session);

	/**
	 * Return a record.
	 * @param id the session's id
	 * @return the record or {@code null} if there is none or it has been idle for too
	 * long
	 */
	@Nullable SessionRecord find(String id);

	/**
	 * Change a record atomically.
	 * @param id the session's id
	 * @param change the change; may be applied more than once
	 * @return the changed record or {@code null} if there is none
	 */
	@Nullable SessionRecord update(String id, UnaryOperator<SessionRecord> change);

	/**
	 * Remove a record.
	 * @param id the session's id
	 * @return the removed record or {@code null} if there was none
	 */
	@Nullable SessionRecord remove(String id);

	/**
	 * Remove all records of some owners, which may take a while.
	 * @param owner tells which owners
	 * @return the removed records
	 */
	Set<SessionRecord> removeAll(Predicate<String> owner);

	/**
	 * Return how many records there are, those included that have been idle for too long
	 * and are not removed yet.
	 * @return the number, empty if it takes too long to find out
	 */
	default OptionalInt count() {
		return OptionalInt.empty();
	}

}
