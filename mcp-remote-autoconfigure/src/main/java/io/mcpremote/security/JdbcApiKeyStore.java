// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.StringUtils;

/**
 * Keeps API keys in the table of {@code io/mcpremote/security/api-key-schema.sql}.
 *
 * @since 0.1.0
 */
public final class JdbcApiKeyStore implements ApiKeyStore {

	private static final String SELECT = """
			select id, digest, owner_name, scopes, roles, created_at, expires_at, revoked_at
			from mcp_remote_api_key where\s""";

	private static final String FREE = """
			update mcp_remote_api_key set slot = concat('.', id)
			where owner_name = ? and slot in ('1', '2') and (revoked_at is not null or expires_at <= ?)""";

	private static final String TAKEN = "select slot from mcp_remote_api_key where owner_name = ? and slot in ('1', '2')";

	private static final String INSERT = """
			insert into mcp_remote_api_key
			(id, digest, owner_name, slot, scopes, roles, created_at, expires_at, revoked_at)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

	private static final String REVOKE = "update mcp_remote_api_key set revoked_at = ? where id = ? and revoked_at is null";

	private final JdbcTemplate jdbc;

	private final Clock clock;

	/**
	 * Create a store.
	 * @param jdbc gives access to the database
	 * @param clock the time
	 */
	public JdbcApiKeyStore(JdbcTemplate jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public @Nullable ApiKey findById(String id) {
		List<ApiKey> keys = this.jdbc.query(SELECT + "id = ?", JdbcApiKeyStore::map, id);
		return (keys.isEmpty()) ? null : keys.get(0);
	}

	/**
	 * Find out whether keys can be looked up, without waiting for longer than some time
	 * for the database to answer. How long to wait for a connection is up to the pool.
	 * @param timeout the time, in whole seconds
	 */
	public void tryOut(Duration timeout) {
		JdbcTemplate bounded = new JdbcTemplate(Objects.requireNonNull(this.jdbc.getDataSource()));
		bounded.setQueryTimeout((int) Math.max(1, timeout.toSeconds()));
		bounded.query(SELECT + "id = ?", JdbcApiKeyStore::map, "");
	}

	@Override
	public List<ApiKey> findByOwner(String owner) {
		return this.jdbc.query(SELECT + "owner_name = ? order by created_at, id", JdbcApiKeyStore::map, owner);
	}

	/**
	 * Live keys of an owner have different slots, of which there are two. That holds
	 * whatever the isolation of transactions, which databases understand differently.
	 */
	@Override
	public boolean add(ApiKey key) {
		long now = this.clock.instant().getEpochSecond();
		this.jdbc.update(FREE, key.owner(), now);
		List<String> taken = this.jdbc.queryForList(TAKEN, String.class, key.owner());
		return IntStream.rangeClosed(1, MAX_LIVE_KEYS)
			.mapToObj(String::valueOf)
			.anyMatch((slot) -> !taken.contains(slot) && insert(key, slot, now));
	}

	/**
	 * Insert a key unless its slot is taken. A transaction that the caller may have goes
	 * on all the same, also on databases for which it is over once a statement fails.
	 */
	private boolean insert(ApiKey key, String slot, long now) {
		return Boolean.TRUE.equals(this.jdbc.execute((ConnectionCallback<Boolean>) (connection) -> {
			Savepoint before = (connection.getAutoCommit()) ? null : connection.setSavepoint();
			boolean inserted = insert(new JdbcTemplate(new SingleConnectionDataSource(connection, true)), key, slot,
					now);
			if (!inserted && before != null) {
				connection.rollback(before);
			}
			return inserted;
		}));
	}

	private static boolean insert(JdbcTemplate jdbc, ApiKey key, String slot, long now) {
		try {
			jdbc.update(INSERT, key.id(), key.digest(), key.owner(), slot, String.join(" ", key.scopes()),
					String.join(" ", key.roles()), (key.created() != null) ? key.created().getEpochSecond() : now,
					seconds(key.expires()), seconds(key.revoked()));
			return true;
		}
		catch (DuplicateKeyException ex) {
			// Somebody else has just taken the slot
			return false;
		}
	}

	@Override
	public boolean revoke(String id) {
		return this.jdbc.update(REVOKE, this.clock.instant().getEpochSecond(), id) > 0;
	}

	private static ApiKey map(ResultSet row, int number) throws SQLException {
		return new ApiKey(row.getString("id"), row.getString("digest"), row.getString("owner_name"),
				words(row.getString("scopes")), words(row.getString("roles")), instant(row, "created_at"),
				instant(row, "expires_at"), instant(row, "revoked_at"));
	}

	/**
	 * Some databases make {@code null} of an empty text.
	 */
	private static Set<String> words(@Nullable String text) {
		return new LinkedHashSet<>(List.of(StringUtils.tokenizeToStringArray(text, " ")));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		long seconds = row.getLong(column);
		return (row.wasNull()) ? null : Instant.ofEpochSecond(seconds);
	}

	private static @Nullable Long seconds(@Nullable Instant instant) {
		return (instant != null) ? instant.getEpochSecond() : null;
	}

}
