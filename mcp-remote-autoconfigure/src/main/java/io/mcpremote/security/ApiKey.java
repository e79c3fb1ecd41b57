// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a server keeps of an API key, from which the key cannot be recovered.
 *
 * @param id the part of the key that is no secret
 * @param digest the SHA-256 digest of the whole key, as 64 hexadecimal digits
 * @param owner who calls when the key is shown
 * @param scopes the scopes of the key
 * @param roles the roles of the key, without {@code ROLE_}
 * @param created when the key was made, {@code null} if that is not known
 * @param expires when the key expires, {@code null} if it does not
 * @param revoked when the key was revoked, {@code null} if it was not
 * @since 0.1.0
 */
public record ApiKey(String id, String digest, String owner, Set<String> scopes, Set<String> roles,
		@Nullable Instant created, @Nullable Instant expires, @Nullable Instant revoked) {

	public ApiKey {
		check("id", ApiKeyRules.id(id));
		check("digest", ApiKeyRules.digest(digest));
		check("owner", ApiKeyRules.owner(owner));
		check("scopes", ApiKeyRules.scopes(scopes));
		check("roles", ApiKeyRules.roles(roles));
		scopes = ordered(scopes);
		roles = ordered(roles);
	}

	/**
	 * Return whether the key lets its owner in.
	 * @param now the time
	 * @return whether the key is neither revoked nor expired
	 */
	public boolean isLive(Instant now) {
		return this.revoked == null && !isExpired(now);
	}

	boolean isExpired(Instant now) {
		return this.expires != null && !now.isBefore(this.expires);
	}

	private static Set<String> ordered(Collection<String> values) {
		return Collections.unmodifiableSet(new LinkedHashSet<>(values));
	}

	/**
	 * Says nothing of the value, which may be a key in the wrong place.
	 */
	private static void check(String name, @Nullable String reason) {
		if (reason != null) {
			throw new IllegalArgumentException("The " + name + " of an API key is not valid. " + reason);
		}
	}

}
