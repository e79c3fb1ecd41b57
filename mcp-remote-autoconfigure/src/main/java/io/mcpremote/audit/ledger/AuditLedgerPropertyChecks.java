// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.mcpremote.audit.ledger.McpRemoteAuditFileProperties.Sync;
import io.mcpremote.audit.ledger.McpRemoteAuditLedgerProperties.Key;
import io.mcpremote.call.StartupException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Turns properties into keys and settings, and refuses those with which a ledger would
 * prove nothing.
 */
final class AuditLedgerPropertyChecks {

	static final String KEYS = "mcp.remote.audit.ledger.keys";

	private static final String LEDGER = "mcp.remote.audit.ledger.";

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	private static final Duration DAY = Duration.ofDays(1);

	private AuditLedgerPropertyChecks() {
	}

	/**
	 * Return the keys of those who write a ledger.
	 */
	static LedgerKeys keysToWrite(McpRemoteAuditLedgerProperties properties) {
		List<LedgerKey> keys = secrets(properties);
		if (keys.isEmpty()) {
			throw new StartupException(
					"Audit records are kept in files or a table, but there is no key to chain them with.",
					"Set " + KEYS + "[0].id to a name and " + KEYS + "[0].secret to at least 32 random bytes in Base64,"
							+ " such as 'openssl rand -base64 32' makes them, and keep the secret away from the records."
							+ " A key that was generated and kept beside them would prove nothing.");
		}
		List<SigningKey> signing = LedgerKeyPairs.read(properties.signingKeys());
		if (!signing.isEmpty() && signing.get(0).privateKey() == null) {
			throw new StartupException("The first of " + LEDGER + "signing-keys has no private key to sign with.",
					"Set " + LEDGER + "signing-keys[0].private-key, or put the pair first that signs.");
		}
		return new LedgerKeys(keys, signing);
	}

	/**
	 * Return the keys of those who verify a ledger, who need not be able to forge it.
	 */
	static LedgerKeys keysToVerify(McpRemoteAuditLedgerProperties properties) {
		List<LedgerKey> keys = secrets(properties);
		List<SigningKey> signing = LedgerKeyPairs.read(properties.signingKeys());
		if (keys.isEmpty() && signing.isEmpty()) {
			throw new StartupException("There is no key to verify audit records with.",
					"Set " + KEYS + " to the secrets with which they were chained, or " + LEDGER
							+ "signing-keys to the public keys.");
		}
		return new LedgerKeys(keys, signing);
	}

	private static List<LedgerKey> secrets(McpRemoteAuditLedgerProperties properties) {
		List<LedgerKey> keys = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < properties.keys().size(); i++) {
			Key key = properties.keys().get(i);
			String name = "keys[" + i + "].";
			byte[] secret = base64(key.secret());
			if (secret == null || secret.length < LedgerKey.MIN_BYTES) {
				throw new StartupException(
						"The value of " + LEDGER + name + "secret is missing, no Base64 or too short.",
						"It must be at least " + LedgerKey.MIN_BYTES
								+ " random bytes in Base64, such as 'openssl rand -base64 32' makes them.");
			}
			keys.add(new LedgerKey(id(name, key.id(), ids), secret));
		}
		return keys;
	}

	static String id(String name, @Nullable String id, Set<String> ids) {
		if (id == null || !ID.matcher(id).matches()) {
			throw invalid(LEDGER + name + "id", id, "It must be 1 to 64 letters, digits, '.', '_' or '-'.");
		}
		if (!ids.add(id)) {
			throw invalid(LEDGER + name + "id", id, "Another key has the same id.");
		}
		return id;
	}

	static byte @Nullable [] base64(@Nullable String value) {
		try {
			return (value != null) ? Base64.getDecoder().decode(value.strip()) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	static LedgerSettings settings(McpRemoteAuditLedgerProperties ledger, McpRemoteAuditFileProperties file) {
		String prefix = "mcp.remote.audit.file.";
		if (file.maxSize().toBytes() < 100_000) {
			throw invalid(prefix + "max-size", file.maxSize(), "It must be at least 100KB.");
		}
		if (file.maxAge().compareTo(Duration.ofMinutes(1)) < 0 || file.maxAge().compareTo(file.retention()) > 0) {
			throw invalid(prefix + "max-age", file.maxAge(), "It must be between a minute and the retention.");
		}
		checkRetention(prefix, file.retention());
		checkCheckpoints(ledger);
		return new LedgerSettings(ledger.checkpointEvents(), ledger.checkpointInterval(), file.maxSize().toBytes(),
				file.maxAge(), file.retention(), file.sync() == Sync.ALWAYS);
	}

	static LedgerSettings settings(McpRemoteAuditLedgerProperties ledger, McpRemoteAuditJdbcProperties jdbc) {
		checkRetention("mcp.remote.audit.jdbc.", jdbc.retention());
		checkCheckpoints(ledger);
		return new LedgerSettings(ledger.checkpointEvents(), ledger.checkpointInterval(), 0, DAY, jdbc.retention(),
				true);
	}

	private static void checkRetention(String prefix, Duration retention) {
		if (retention.compareTo(DAY) < 0 || retention.compareTo(Duration.ofDays(36_500)) > 0) {
			throw invalid(prefix + "retention", retention, "It must be between a day and a hundred years.");
		}
	}

	private static void checkCheckpoints(McpRemoteAuditLedgerProperties ledger) {
		if (ledger.checkpointEvents() < 1) {
			throw invalid(LEDGER + "checkpoint-events", ledger.checkpointEvents(), "It must be positive.");
		}
		Duration interval = ledger.checkpointInterval();
		if (interval.compareTo(Duration.ofSeconds(1)) < 0 || interval.compareTo(DAY) > 0) {
			throw invalid(LEDGER + "checkpoint-interval", interval, "It must be between a second and a day.");
		}
	}

	/**
	 * Return a directory as a path of its own, whatever the working directory is later.
	 */
	static Path directory(String name, @Nullable String value) {
		try {
			Path path = Path.of((value != null) ? value : "");
			if (value == null || value.isBlank()) {
				throw invalid(name, value, "It must name a directory.");
			}
			for (Path part : path) {
				if (part.toString().equals("..")) {
					throw invalid(name, value, "It must not go up by '..'.");
				}
			}
			return path.toAbsolutePath().normalize();
		}
		catch (InvalidPathException ex) {
			throw invalid(name, value, "It must name a directory.");
		}
	}

	static StartupException withoutDatabase() {
		return new StartupException(
				"Audit records are kept in a table (mcp.remote.audit.jdbc.enabled is true), but the application"
						+ " has no database, or several.",
				"Add spring-boot-starter-jdbc and set spring.datasource.url, or name the bean that is the database in"
						+ " mcp.remote.audit.jdbc.data-source.");
	}

	static InvalidConfigurationPropertyValueException invalid(String name, @Nullable Object value, String reason) {
		return new InvalidConfigurationPropertyValueException(name, value, reason);
	}

}
