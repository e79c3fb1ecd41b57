// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.List;
import java.util.function.Consumer;
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

	/**
	 * For a transaction and for each query, all of which find few rows by an index.
	 */
	private static final int TIMEOUT_SECONDS = 10;

	private final DataSource source;

	private final TransactionTemplate transactions;

	private final JdbcEvents events;

	private final JdbcStatements statements;

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
		JdbcTemplate jdbc = new JdbcTemplate(source);
		jdbc.setQueryTimeout(TIMEOUT_SECONDS);
		this.events = new JdbcEvents(jdbc);
		this.statements = new JdbcStatements(jdbc);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(source));
		this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.transactions.setTimeout(TIMEOUT_SECONDS);
	}

	DataSource dataSource() {
		return this.source;
	}

	JdbcEvents events() {
		return this.events;
	}

	JdbcStatements statements() {
		return this.statements;
	}

	<T> @Nullable T together(Supplier<@Nullable T> work) {
		return this.transactions.execute((status) -> work.get());
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
		boolean filled = used || !this.events.isEmpty() || !this.statements.isEmpty();
		String id = this.statements.id();
		if (id != null) {
			return id;
		}
		if (filled) {
			throw new AuditException("The audit ledger in the database has lost its name, the row '"
					+ JdbcStatements.IDENTITY + "' of " + JdbcStatements.TABLE
					+ ", though there are records or checkpoints of a ledger. Find out who removed it,"
					+ " and restore it: checkpoints tell the name as \"ledger\". To begin another ledger, empty both"
					+ " tables and name another mcp.remote.audit.ledger.checkpoint-directory.", null);
		}
		try {
			together(() -> this.statements.name(proposal));
		}
		catch (DuplicateKeyException ex) {
			// Another process was faster
		}
		String made = this.statements.id();
		return (made != null) ? made : proposal;
	}

	/**
	 * Insert records and the statements among them.
	 */
	void insert(int section, List<String> records, List<Statement> added) {
		List<Object[]> rows = this.events.rows(section, records);
		together(() -> {
			this.events.insert(rows);
			added.forEach(this.statements::insert);
			return null;
		});
	}

}
