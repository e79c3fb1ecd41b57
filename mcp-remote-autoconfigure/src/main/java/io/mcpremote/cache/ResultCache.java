// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.cache;

import io.mcpremote.cache.ResultStore.Obsolete;
import io.mcpremote.call.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Lets the application say that remembered results of its tools are obsolete. A bean that
 * can be injected anywhere. Calls that are under way when they become so are not
 * remembered.
 *
 * @since 0.1.0
 */
public final class ResultCache {

	private final @Nullable ResultStore store;

	/**
	 * Create the cache.
	 * @param store keeps what is remembered, {@code null} if nothing is
	 */
	ResultCache(@Nullable ResultStore store) {
		this.store = store;
	}

	/**
	 * Forget the results of a tool, whoever has called it.
	 * @param tool the name of the tool
	 */
	public void invalidateTool(String tool) {
		invalidate(new Obsolete(tool, null));
	}

	/**
	 * Forget the results that are remembered for a user, with whichever clients and
	 * tools. Those that everybody shares stay.
	 * @param issuer the issuer that vouches for the user, if there is one
	 * @param subject the name of the user
	 */
	public void invalidateUser(@Nullable String issuer, String subject) {
		invalidate(new Obsolete(null, new Caller(subject, issuer, null, "").userKey()));
	}

	/**
	 * Forget everything.
	 */
	public void clear() {
		invalidate(new Obsolete(null, null));
	}

	private void invalidate(Obsolete results) {
		if (this.store != null) {
			this.store.invalidate(results);
		}
	}

}
