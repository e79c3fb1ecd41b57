// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import org.jspecify.annotations.Nullable;

/**
 * Where the server looks for API keys. An application with a bean of this type accepts
 * API keys.
 * <p>
 * Called by many threads at once, whenever a key is shown that has not been verified
 * within {@code mcp.remote.security.memory.time-to-live}, and once a minute for each key
 * with which a stream is open. Where an exception is thrown, nobody is let in: the client
 * is told to come back later (503).
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ApiKeyRepository {

	/**
	 * Find a key, also one that has expired or has been revoked.
	 * @param id the id of the key, as a client has sent it
	 * @return the key, {@code null} if there is none with exactly this id
	 */
	@Nullable ApiKey findById(String id);

}
