// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;

/**
 * A repository to which keys are added, and in which they are revoked, while the
 * application runs. Whoever shows a key sees the change at once, except for servers that
 * remember having verified it.
 *
 * @since 0.1.0
 */
public interface ApiKeyStore extends ApiKeyRepository {

	/**
	 * How many live keys an owner may have: the one in use and the one that replaces it.
	 */
	int MAX_LIVE_KEYS = 2;

	/**
	 * Add a key, unless its owner has {@link #MAX_LIVE_KEYS} live ones. Two calls for one
	 * owner at the same time do not get round this.
	 * @param key the key, whose id must be new
	 * @return whether the key has been added
	 */
	boolean add(ApiKey key);

	/**
	 * Find the keys of an owner, also those that have expired or have been revoked.
	 * @param owner the owner
	 * @return the keys, oldest first
	 */
	List<ApiKey> findByOwner(String owner);

	/**
	 * Revoke a key.
	 * @param id the id of the key
	 * @return whether there was such a key and it had not been revoked
	 */
	boolean revoke(String id);

}
