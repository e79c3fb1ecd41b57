// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of API keys.
 *
 * @param store Where API keys are kept.
 * @param keys API keys that are accepted, of which only digests are configured.
 * @param mint Owner of a new API key. The application makes and shows the key and ends.
 * @param mintScopes Comma-separated list of scopes of the new API key.
 * @param mintRoles Comma-separated list of roles of the new API key, without 'ROLE_'.
 * @param mintExpires Time after which the new API key expires. Zero for a key that does
 * not.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.security.api-key")
public record McpRemoteApiKeyProperties(@DefaultValue("properties") Store store, @DefaultValue List<Key> keys,
		@Nullable String mint, @DefaultValue Set<String> mintScopes, @DefaultValue Set<String> mintRoles,
		@DefaultValue("90d") Duration mintExpires) {

	/**
	 * Where keys can be kept.
	 */
	public enum Store {

		/**
		 * In the configuration of the application.
		 */
		PROPERTIES,

		/**
		 * In a table.
		 */
		JDBC

	}

	/**
	 * An API key.
	 *
	 * @param id Part of the key that is no secret.
	 * @param digest SHA-256 digest of the whole key, as 64 hexadecimal digits.
	 * @param owner Name of the caller who has the key.
	 * @param scopes Comma-separated list of scopes of the key.
	 * @param roles Comma-separated list of roles of the key, without 'ROLE_'.
	 * @param expires When the key expires. It does not if not set.
	 */
	public record Key(@Nullable String id, @Nullable String digest, @Nullable String owner,
			@DefaultValue Set<String> scopes, @DefaultValue Set<String> roles, @Nullable Instant expires) {

		/**
		 * Somebody may have configured the key itself.
		 */
		@Override
		public String toString() {
			return "Key[owner=" + this.owner + "]";
		}

	}

}
