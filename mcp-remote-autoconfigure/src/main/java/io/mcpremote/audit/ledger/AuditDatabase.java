// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.sql.DatabaseMetaData;
import java.util.Locale;
import java.util.Set;

import javax.sql.DataSource;

import io.mcpremote.audit.AuditException;
import io.mcpremote.audit.ledger.McpRemoteAuditJdbcProperties.InitializeSchema;
import io.mcpremote.call.StartupException;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.datasource.init.ScriptStatementFailedException;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Finds the database of a ledger, and creates its tables if that is wanted.
 */
final class AuditDatabase {

	private static final Set<String> PLATFORMS = Set.of("h2", "postgresql", "mysql");

	private static final int ATTEMPTS = 10;

	private AuditDatabase() {
	}

	static DataSource find(ListableBeanFactory beans, @Nullable String name) {
		if (name == null) {
			DataSource source = beans.getBeanProvider(DataSource.class).getIfUnique();
			if (source == null) {
				throw AuditLedgerPropertyChecks.withoutDatabase();
			}
			return source;
		}
		try {
			return beans.getBean(name, DataSource.class);
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw AuditLedgerPropertyChecks.invalid("mcp.remote.audit.jdbc.data-source", name,
					"There is no bean of type DataSource with this name. There are: "
							+ String.join(", ", beans.getBeanNamesForType(DataSource.class)) + ".");
		}
	}

	/**
	 * Begin the chain. A database that cannot be reached now may be later; one without
	 * the tables will not have them by itself.
	 */
	static void begin(JdbcAuditSink sink) {
		try {
			sink.begin();
		}
		catch (BadSqlGrammarException ex) {
			throw new StartupException(
					"Audit records are kept in a table (mcp.remote.audit.jdbc.enabled is true), but the table "
							+ JdbcEvents.TABLE + " or " + JdbcStatements.TABLE + " cannot be used.",
					"Create them with the statements of classpath:io/mcpremote/audit/ledger/schema-<platform>.sql,"
							+ " for example in a migration, or set mcp.remote.audit.jdbc.initialize-schema to always.",
					ex);
		}
		catch (AuditException ex) {
			throw new StartupException(String.valueOf(ex.getMessage()),
					"Restore what is missing, and verify the ledger before the application goes on with it.", ex);
		}
		catch (DataAccessException | TransactionException ex) {
			LogFactory.getLog(AuditDatabase.class)
				.warn("The database of the audit ledger cannot be used yet. Until it can, nothing is kept there.", ex);
		}
	}

	/**
	 * Create the tables if that is wanted.
	 */
	static void initialize(DataSource source, McpRemoteAuditJdbcProperties properties) {
		if (properties.initializeSchema() == InitializeSchema.NEVER) {
			return;
		}
		try {
			create(source, properties);
		}
		catch (MetaDataAccessException ex) {
			throw new DataAccessResourceFailureException("The database cannot be reached", ex);
		}
	}

	private static void create(DataSource source, McpRemoteAuditJdbcProperties properties)
			throws MetaDataAccessException {
		String url = String.valueOf(JdbcUtils.extractDatabaseMetaData(source, DatabaseMetaData::getURL));
		boolean embedded = url.startsWith("jdbc:h2:mem:");
		if (embedded || properties.initializeSchema() == InitializeSchema.ALWAYS) {
			execute(source,
					new ClassPathResource("io/mcpremote/audit/ledger/schema-" + platform(source, properties) + ".sql"));
		}
	}

	/**
	 * Databases do not keep processes apart that create the same at the same time, even
	 * where it is only to be created if it does not exist. Whoever was too late finds it
	 * there when asking again.
	 */
	private static void execute(DataSource source, Resource schema) {
		for (int i = 1;; i++) {
			try {
				new ResourceDatabasePopulator(schema).execute(source);
				return;
			}
			catch (ScriptStatementFailedException ex) {
				if (i == ATTEMPTS || !pause(i)) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Give others time to be done, more with each attempt.
	 * @return whether there is still time
	 */
	private static boolean pause(int attempts) {
		try {
			Thread.sleep(10L * attempts);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static String platform(DataSource source, McpRemoteAuditJdbcProperties properties)
			throws MetaDataAccessException {
		String product = JdbcUtils.extractDatabaseMetaData(source, DatabaseMetaData::getDatabaseProductName);
		String platform = (properties.platform() != null) ? properties.platform()
				: String.valueOf(product).toLowerCase(Locale.ROOT).replace("mariadb", "mysql");
		if (!PLATFORMS.contains(platform)) {
			throw AuditLedgerPropertyChecks.invalid("mcp.remote.audit.jdbc.platform", platform,
					"There are schemas for h2, postgresql and mysql. For another database that knows 'limit' in"
							+ " queries, set mcp.remote.audit.jdbc.initialize-schema to never and create the tables yourself.");
		}
		return platform;
	}

}
