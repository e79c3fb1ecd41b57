// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.mcpremote.audit.AuditException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tables of a ledger. Records and the statements among them come and go in one
 * transaction, which is none of the application's.
 */
final class JdbcLedger {

	static final String EVENTS = "mcp_remote_audit_event";

	static final String CHECKPOINTS = "mcp_remote_audit_checkpoint";

	/**
	 * The row that gives the ledger a name.
	 */
	private static final String IDENTITY = "ledger";

	private static final int TIMEOUT_SECONDS = 10;

	private static final String COLUMNS = String.join(", ", EventColumns.NAMES);

	private static final String INSERT = "insert into " + EVENTS + " (chain_id, seq, section_no, " + COLUMNS
			+ ", record_text) values (?, ?, ?" + ", ?".repeat(EventColumns.NAMES.size()) + ", ?)";

	private static final String SELECT = "select seq, section_no, " + COLUMNS + ", record_text from " + EVENTS
			+ " where ";

	private static final String STATE = "insert into " + CHECKPOINTS
			+ " (chain_id, kind, seq, statement_text) values (?, ?, ?, ?)";

	private final DataSource source;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	private final EventColumns columns = new EventColumns();

	private final Consumer<DataSource> schema;

	JdbcLedger(DataSource source) {
		this(source, (ignored) -> {
		});
	}

	/**
	 * Create a ledger.
	 * @param source the database
	 * @param schema creates the tables before the first use if that is wanted
	 */
	JdbcLedger(DataSource source, Consumer<DataSource> schema) {
		this.source = source;
		this.schema = schema;
		this.jdbc = new JdbcTemplate(source);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(source));
		this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.transactions.setTimeout(TIMEOUT_SECONDS);
	}

	DataSource dataSource() {
		return this.source;
	}

	<T> @Nullable T together(Supplier<@Nullable T> work) {
		return this.transactions.execute((status) -> work.get());
	}

	/**
	 * Return the name of the ledger, which the first process has given it.
	 */
	@Nullable String id() {
		List<String> ids = this.jdbc.queryForList(
				"select statement_text from " + CHECKPOINTS + " where chain_id = ? and kind = ?", String.class,
				IDENTITY, IDENTITY);
		return (ids.isEmpty()) ? null : ids.get(0);
	}

	/**
	 * Give the ledger a name unless it has one.
	 * @param proposal the name
	 * @param used whether there are checkpoints elsewhere, which are of a ledger that had
	 * a name
	 */
	String makeId(String proposal, boolean used) {
		this.schema.accept(this.source);
		// First this: another process may be giving it a name just now
		boolean filled = used || count(EVENTS) > 0 || count(CHECKPOINTS) > 0;
		String id = id();
		if (id != null) {
			return id;
		}
		if (filled) {
			throw new AuditException("The audit ledger in the database has lost its name, the row '" + IDENTITY
					+ "' of " + CHECKPOINTS
					+ ", though there are records or checkpoints of a ledger. Find out who removed it,"
					+ " and restore it: checkpoints tell the name as \"ledger\". To begin another ledger, empty both"
					+ " tables and name another mcp.remote.audit.ledger.checkpoint-directory.", null);
		}
		try {
			together(() -> this.jdbc.update(STATE, IDENTITY, IDENTITY, 0, proposal));
		}
		catch (DuplicateKeyException ex) {
			// Another process was faster
		}
		String made = id();
		return (made != null) ? made : proposal;
	}

	private int count(String table) {
		return this.jdbc.queryForList("select chain_id from " + table + " limit 1", String.class).size();
	}

	/**
	 * Insert records and the statements among them.
	 */
	void insert(int section, List<String> records, List<Statement> statements) {
		List<Object[]> rows = new ArrayList<>(records.size());
		for (String text : records) {
			LedgerLine line = parse(text);
			if (line == null) {
				throw new IllegalStateException("Not a record");
			}
			List<@Nullable Object> row = new ArrayList<>();
			row.add(line.chain());
			row.add(line.seq());
			row.add(section);
			row.addAll(this.columns.of(line));
			row.add(text);
			rows.add(row.toArray());
		}
		together(() -> {
			this.jdbc.batchUpdate(INSERT, rows);
			statements.forEach(this::insert);
			return null;
		});
	}

	void insert(Statement statement) {
		this.jdbc.update(STATE, statement.chain(), statement.kind().text(), statement.seq(), statement.text());
	}

	/**
	 * Return the text of the last record of a chain, up to some number.
	 */
	@Nullable StoredRecord last(String chain, long to) {
		Long seq = this.jdbc.queryForObject("select max(seq) from " + EVENTS + " where chain_id = ? and seq <= ?",
				Long.class, chain, to);
		List<StoredRecord> rows = (seq != null) ? rows(chain, seq - 1, 1) : List.of();
		return (rows.isEmpty()) ? null : rows.get(0);
	}

	List<String> chains() {
		return this.jdbc.queryForList("select distinct chain_id from " + EVENTS + " order by chain_id", String.class);
	}

	/**
	 * Return the numbers of sections of a chain with the last record of each.
	 */
	List<long[]> sections(String chain) {
		return this.jdbc.query(
				"select section_no, max(seq) from " + EVENTS
						+ " where chain_id = ? group by section_no order by section_no",
				(row, number) -> new long[] { row.getLong(1), row.getLong(2) }, chain);
	}

	/**
	 * Return some rows of a chain.
	 * @param after the number after which they begin
	 */
	List<StoredRecord> rows(String chain, long after, int most) {
		return this.jdbc.query(SELECT + "chain_id = ? and seq > ? order by seq limit " + most, JdbcLedger::row, chain,
				after);
	}

	/**
	 * Return how many rows a chain has up to a number.
	 */
	long count(String chain, long to) {
		Long count = this.jdbc.queryForObject("select count(*) from " + EVENTS + " where chain_id = ? and seq <= ?",
				Long.class, chain, to);
		return (count != null) ? count : 0;
	}

	/**
	 * Return the first row of a section.
	 */
	@Nullable StoredRecord first(String chain, long section) {
		List<StoredRecord> rows = this.jdbc.query(SELECT + "chain_id = ? and section_no = ? order by seq limit 1",
				JdbcLedger::row, chain, section);
		return (rows.isEmpty()) ? null : rows.get(0);
	}

	/**
	 * Go through all statements, those of one chain in their order.
	 * @param action takes a statement, and says whether to go on
	 */
	void forEachStatement(Predicate<StoredStatement> action) {
		StoredStatement last = new StoredStatement("", "", 0, "");
		List<StoredStatement> page = List.of(last);
		while (!page.isEmpty()) {
			page = this.jdbc.query(
					"select chain_id, kind, seq, statement_text from " + CHECKPOINTS
							+ " where chain_id > ? or (chain_id = ? and (kind > ? or (kind = ? and seq > ?)))"
							+ " order by chain_id, kind, seq limit 1000",
					(row, number) -> new StoredStatement(row.getString(1), row.getString(2), row.getLong(3),
							row.getString(4)),
					last.chain(), last.chain(), last.kind(), last.kind(), last.seq());
			for (StoredStatement statement : page) {
				last = statement;
				if (!statement.chain().equals(IDENTITY) && !action.test(statement)) {
					return;
				}
			}
		}
	}

	/**
	 * Return how many statements there are of some records of a chain. Each one speaks of
	 * the record before the one that holds it.
	 */
	long countStatements(String chain, long after, long to) {
		Long count = this.jdbc.queryForObject(
				"select count(*) from " + CHECKPOINTS + " where chain_id = ? and kind <> ? and seq > ? and seq < ?",
				Long.class, chain, Statement.Kind.ANCHOR.text(), after, to);
		return (count != null) ? count : 0;
	}

	int delete(String chain, long from, long to) {
		return this.jdbc.update("delete from " + EVENTS + " where chain_id = ? and seq >= ? and seq <= ?", chain, from,
				to);
	}

	/**
	 * Delete the statements of what has been deleted, but for the last anchor.
	 */
	void deleteStatements(String chain, long to) {
		this.jdbc.update("delete from " + CHECKPOINTS + " where chain_id = ? and seq <= ? and kind <> ?", chain, to,
				Statement.Kind.ANCHOR.text());
		this.jdbc.update("delete from " + CHECKPOINTS + " where chain_id = ? and seq < ?", chain, to);
	}

	void deleteAnchor(String chain, long seq) {
		this.jdbc.update("delete from " + CHECKPOINTS + " where chain_id = ? and kind = ? and seq = ?", chain,
				Statement.Kind.ANCHOR.text(), seq);
	}

	static @Nullable LedgerLine parse(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return LedgerLine.parse(bytes, 0, bytes.length);
	}

	private static StoredRecord row(ResultSet row, int number) throws SQLException {
		List<@Nullable Object> columns = new ArrayList<>(EventColumns.NAMES.size());
		for (String name : EventColumns.NAMES) {
			boolean isNumber = name.equals("recorded_at") || name.equals("occurred_at")
					|| name.equals("duration_micros");
			Object value = (isNumber) ? (Object) row.getLong(name) : row.getString(name);
			columns.add((row.wasNull()) ? null : value);
		}
		String text = row.getString("record_text");
		return new StoredRecord(row.getLong("seq"), row.getInt("section_no"), columns, (text != null) ? text : "");
	}

}
