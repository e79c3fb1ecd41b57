// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import java.time.Duration;

import io.mcpremote.call.ResultSnapshot;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.jspecify.annotations.Nullable;

/**
 * Keeps results of tools. Implementations are safe for use by several threads. One that
 * others share keeps results as JSON, which is all that they consist of, under the
 * {@link ResultKey#digest() digest} of their key. A store that throws is passed over: the
 * call is made as if nothing was remembered.
 *
 * @since 0.1.0
 */
public interface ResultStore {

	/**
	 * Look for a result.
	 * @param key the key
	 * @return what is known
	 */
	Found find(ResultKey key);

	/**
	 * Keep a result, unless there is no room.
	 * @param key the key
	 * @param result the result
	 * @param state the state that was found before the result came about; if it is not
	 * the current one any more, the result is obsolete and must not be found
	 * @param timeToLive for how long
	 * @param owner who has caused the result, and must not take the room of all others
	 */
	void put(ResultKey key, ResultSnapshot result, long state, Duration timeToLive, String owner);

	/**
	 * Make results obsolete, those that are about to come about included.
	 * @param what which of them
	 */
	void invalidate(Obsolete what);

	/**
	 * What is known of a call.
	 *
	 * @param result its result, if it is remembered
	 * @param state changes whenever results such as this one become obsolete
	 */
	record Found(@Nullable CallToolResult result, long state) {

	}

	/**
	 * Results that are obsolete.
	 *
	 * @param tool those of this tool, {@code null} for whichever
	 * @param user those of this user, {@code null} for whichever
	 * @see ResultKey#user()
	 */
	record Obsolete(@Nullable String tool, @Nullable String user) {

	}

}
