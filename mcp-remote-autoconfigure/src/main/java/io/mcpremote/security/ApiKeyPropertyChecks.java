// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.mcpremote.call.StartupException;
import io.mcpremote.security.McpRemoteApiKeyProperties.Key;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Turns configured keys into keys, and refuses those that could not be used or should
 * not.
 */
final class ApiKeyPropertyChecks {

	private static final String PREFIX = "mcp.remote.security.api-key.";

	private ApiKeyPropertyChecks() {
	}

	/**
	 * Return the keys of the configuration.
	 */
	static List<ApiKey> keys(McpRemoteApiKeyProperties properties, Instant now) {
		Map<String, ApiKey> keys = new LinkedHashMap<>();
		Map<String, Integer> live = new TreeMap<>();
		for (int i = 0; i < properties.keys().size(); i++) {
			ApiKey key = key("keys[" + i + "].", properties.keys().get(i));
			if (keys.put(key.id(), key) != null) {
				throw invalid("keys[" + i + "].id", key.id(), "Another key has the same id.");
			}
			if (key.isLive(now)) {
				live.merge(key.owner(), 1, Integer::sum);
			}
		}
		live.forEach((owner, count) -> {
			if (count > ApiKeyStore.MAX_LIVE_KEYS) {
				throw new StartupException(
						"The owner '" + owner + "' has " + count + " live API keys in " + PREFIX + "keys.",
						"Remove those that have been replaced: an owner has at most " + ApiKeyStore.MAX_LIVE_KEYS
								+ ", the one in use and the one that takes its place.");
			}
		});
		return List.copyOf(keys.values());
	}

	/**
	 * Refuse keys in the configuration that nothing would look at.
	 */
	static void checkRead(McpRemoteApiKeyProperties properties, ApiKeyRepository repository) {
		if (!properties.keys().isEmpty() && !(repository instanceof PropertiesApiKeyRepository)) {
			throw new StartupException("There are API keys in " + PREFIX + "keys, but keys are kept elsewhere.",
					"Move them to where the others are, or set " + PREFIX + "store to properties and remove beans of"
							+ " type ApiKeyRepository.");
		}
	}

	static void checkMint(McpRemoteApiKeyProperties properties) {
		check("mint", properties.mint(), ApiKeyRules.owner(properties.mint()));
		check("mint-scopes", properties.mintScopes(), ApiKeyRules.scopes(properties.mintScopes()));
		check("mint-roles", properties.mintRoles(), ApiKeyRules.roles(properties.mintRoles()));
		if (properties.mintExpires().isNegative()) {
			throw invalid("mint-expires", properties.mintExpires(), "It must not be negative.");
		}
	}

	/**
	 * Refuse to mint a key with which the configuration would no longer be accepted.
	 */
	static void checkRoom(McpRemoteApiKeyProperties properties, Instant now) {
		List<String> live = keys(properties, now).stream()
			.filter((key) -> key.owner().equals(properties.mint()) && key.isLive(now))
			.map(ApiKey::id)
			.toList();
		if (live.size() >= ApiKeyStore.MAX_LIVE_KEYS) {
			throw withoutRoom(properties.mint(), live);
		}
	}

	static StartupException withoutRoom(@Nullable String owner, List<String> live) {
		return new StartupException("The owner '" + owner + "' has " + live.size() + " live API keys already: "
				+ String.join(", ", live) + ".", "Revoke or remove the one that is no longer used.");
	}

	static StartupException withoutDatabase() {
		return new StartupException(
				"API keys are kept in a table (" + PREFIX + "store is jdbc), but the application"
						+ " has no database, or several.",
				"Add spring-boot-starter-jdbc and set spring.datasource.url, or mark one bean of type JdbcTemplate"
						+ " with @Primary.");
	}

	static StartupException withoutTable() {
		return new StartupException(
				"API keys are kept in a table (" + PREFIX + "store is jdbc), but the table"
						+ " mcp_remote_api_key cannot be read.",
				"Create it with the statements of classpath:io/mcpremote/security/api-key-schema.sql.");
	}

	static StartupException withoutConnection(RuntimeException ex) {
		return new StartupException(
				"API keys are kept in a table (" + PREFIX + "store is jdbc), but its database cannot be asked.",
				"Make sure that the database runs and that spring.datasource.* leads to it. What it says is in the"
						+ " stack trace, with debug=true.",
				ex);
	}

	private static ApiKey key(String prefix, Key key) {
		checkUnseen(prefix + "id", ApiKeyRules.id(key.id()));
		checkUnseen(prefix + "digest", ApiKeyRules.digest(key.digest()));
		check(prefix + "owner", key.owner(), ApiKeyRules.owner(key.owner()));
		check(prefix + "scopes", key.scopes(), ApiKeyRules.scopes(key.scopes()));
		check(prefix + "roles", key.roles(), ApiKeyRules.roles(key.roles()));
		return new ApiKey(Objects.requireNonNull(key.id()), Objects.requireNonNull(key.digest()),
				Objects.requireNonNull(key.owner()), key.scopes(), key.roles(), null, key.expires(), null);
	}

	private static void check(String name, @Nullable Object value, @Nullable String reason) {
		if (reason != null) {
			throw invalid(name, value, reason);
		}
	}

	/**
	 * Does not show the value: it may be a key, and what is shown here goes to logs.
	 */
	private static void checkUnseen(String name, @Nullable String reason) {
		if (reason != null) {
			throw new StartupException("The value of " + PREFIX + name + " is missing or not valid.", reason
					+ " If a key itself has been put there, it is no longer a secret: mint another one in its place.");
		}
	}

	private static InvalidConfigurationPropertyValueException invalid(String name, @Nullable Object value,
			String reason) {
		return new InvalidConfigurationPropertyValueException(PREFIX + name, value, reason);
	}

}
