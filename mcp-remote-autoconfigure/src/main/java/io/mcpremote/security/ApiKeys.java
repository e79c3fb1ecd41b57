// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Mints and revokes API keys in an application that has an {@link ApiKeyStore}.
 *
 * @since 0.1.0
 */
public final class ApiKeys {

	private final ApiKeyStore store;

	private final ApiKeyMint mint;

	private final Consumer<String> onRevoked;

	/**
	 * Create the operations.
	 * @param store where keys are kept
	 * @param mint makes keys
	 * @param onRevoked is told the ids of keys that have been revoked
	 */
	ApiKeys(ApiKeyStore store, ApiKeyMint mint, Consumer<String> onRevoked) {
		this.store = store;
		this.mint = mint;
		this.onRevoked = onRevoked;
	}

	/**
	 * Mint a key.
	 * @param owner who calls when the key is shown
	 * @param scopes the scopes of the key
	 * @param roles the roles of the key, without {@code ROLE_}
	 * @param validFor after what time the key expires, {@code null} if it does not
	 * @return the key, with its secret, which is not kept
	 * @throws IllegalArgumentException if a value is not valid
	 * @throws IllegalStateException if the owner has as many live keys as are allowed
	 */
	public MintedApiKey mint(String owner, Set<String> scopes, Set<String> roles, @Nullable Duration validFor) {
		MintedApiKey minted = this.mint.mint(owner, scopes, roles, validFor);
		if (!this.store.add(minted.key())) {
			throw new IllegalStateException("The owner " + owner + " has " + ApiKeyStore.MAX_LIVE_KEYS
					+ " live API keys, which is all there can be: " + String.join(", ", liveIds(owner)) + ".");
		}
		return minted;
	}

	/**
	 * Revoke a key. This server refuses it from now on and ends what was opened with it,
	 * others when they ask the store the next time.
	 * @param id the id of the key
	 * @return whether there was such a key and it had not been revoked
	 */
	public boolean revoke(String id) {
		boolean revoked = this.store.revoke(id);
		this.onRevoked.accept(id);
		return revoked;
	}

	/**
	 * Find the keys of an owner, also those that have expired or have been revoked.
	 * @param owner the owner
	 * @return the keys, oldest first
	 */
	public List<ApiKey> findByOwner(String owner) {
		return this.store.findByOwner(owner);
	}

	private List<String> liveIds(String owner) {
		return findByOwner(owner).stream().filter((key) -> key.isLive(this.mint.now())).map(ApiKey::id).toList();
	}

}
