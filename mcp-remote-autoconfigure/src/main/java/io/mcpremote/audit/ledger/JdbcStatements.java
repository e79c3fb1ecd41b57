// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table of statements, one row of which gives the ledger a name.
 */
final class JdbcStatements {

	static final String TABLE = "mcp_remote_audit_checkpoint";

	/**
	 * Stands for a chain in the row with the name.
	 */
	static final String IDENTITY = "ledger";

	private static final String INSERT = "insert into " + TABLE
			+ " (chain_id, kind, seq, statement_text) values (?, ?, ?, ?)";

	/**
	 * The first condition is what databases use the index for.
	 */
	private static final String PAGE = "select chain_id, kind, seq, statement_text from " + TABLE
			+ " where chain_id >= ? and (chain_id > ? or kind > ? or (kind = ? and seq > ?))"
			+ " order by chain_id, kind, seq limit 1000";

	private final JdbcTemplate jdbc;

	JdbcStatements(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	boolean isEmpty() {
		return this.jdbc.queryForList("select chain_id from " + TABLE + " limit 1", String.class).isEmpty();
	}

	/**
	 * Return the name of the ledger, which the first process has given it.
	 */
	@Nullable String id() {
		List<String> ids = this.jdbc.queryForList(
				"select statement_text from " + TABLE + " where chain_id = ? and kind = ?", String.class, IDENTITY,
				IDENTITY);
		return (ids.isEmpty()) ? null : ids.get(0);
	}

	/**
	 * Give the ledger a name, which it must not have.
	 */
	int name(String id) {
		return this.jdbc.update(INSERT, IDENTITY, IDENTITY, 0, id);
	}

	void insert(Statement statement) {
		this.jdbc.update(INSERT, statement.chain(), statement.kind().text(), statement.seq(), statement.text());
	}

	/**
	 * Go through all statements, those of one chain in their order.
	 * @param action takes a statement, and says whether to go on
	 */
	void forEach(Predicate<StoredStatement> action) {
		StoredStatement last = new StoredStatement("", "", 0, "");
		List<StoredStatement> page = List.of(last);
		while (!page.isEmpty()) {
			page = this.jdbc.query(PAGE, (row, number) -> new StoredStatement(row.getString(1), row.getString(2),
					row.getLong(3), row.getString(4)), last.chain(), last.chain(), last.kind(), last.kind(),
					last.seq());
			for (StoredStatement statement : page) {
				last = statement;
				if (!statement.chain().equals(IDENTITY) && !action.test(statement)) {
					return;
				}
			}
		}
	}

	/**
	 * Return all statements that are what their columns tell.
	 */
	HeldStatements held() {
		return (action) -> {
			try {
				forEach((stored) -> {
					accept(stored, action);
					return true;
				});
			}
			catch (UncheckedIOException ex) {
				throw Objects.requireNonNull(ex.getCause());
			}
		};
	}

	private static void accept(StoredStatement stored, HeldStatements.Action action) {
		Statement statement = stored.statement();
		if (statement != null) {
			try {
				action.accept(statement);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/**
	 * Return the last anchor of each chain.
	 */
	Map<String, Statement> anchors(LedgerKeys keys) {
		Map<String, Statement> anchors = new HashMap<>();
		forEach((stored) -> {
			Statement statement = (stored.kind().equals(Statement.Kind.ANCHOR.text())) ? stored.statement() : null;
			if (statement != null && keys.objection(statement) == null) {
				anchors.put(statement.chain(), statement);
			}
			return true;
		});
		return anchors;
	}

	/**
	 * Return how many statements there are of some records of a chain. Each one speaks of
	 * the record before the one that holds it.
	 */
	long count(String chain, long after, long to) {
		Long count = this.jdbc.queryForObject(
				"select count(*) from " + TABLE + " where chain_id = ? and kind <> ? and seq > ? and seq < ?",
				Long.class, chain, Statement.Kind.ANCHOR.text(), after, to);
		return (count != null) ? count : 0;
	}

	/**
	 * Delete the statements of what has been deleted, but for the last anchor.
	 */
	void delete(String chain, long to) {
		this.jdbc.update("delete from " + TABLE + " where chain_id = ? and seq <= ? and kind <> ?", chain, to,
				Statement.Kind.ANCHOR.text());
		this.jdbc.update("delete from " + TABLE + " where chain_id = ? and seq < ?", chain, to);
	}

	void deleteAnchor(String chain, long seq) {
		this.jdbc.update("delete from " + TABLE + " where chain_id = ? and kind = ? and seq = ?", chain,
				Statement.Kind.ANCHOR.text(), seq);
	}

}
