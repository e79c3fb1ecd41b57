// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.UUID;

import javax.sql.DataSource;

import io.mcpremote.test.PostgreSql;
import org.h2.jdbcx.JdbcConnectionPool;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Databases that a ledger can be kept in.
 */
enum LedgerPlatform {

	H2("h2") {

		@Override
		DataSource empty() {
			return h2("");
		}

	},

	/**
	 * As far as H2 can behave like it.
	 */
	MYSQL("mysql") {

		@Override
		DataSource empty() {
			return h2(";MODE=MySQL;DATABASE_TO_LOWER=TRUE");
		}

	},

	POSTGRESQL("postgresql") {

		@Override
		DataSource empty() {
			return PostgreSql.create();
		}

	};

	private final String schema;

	LedgerPlatform(String schema) {
		this.schema = schema;
	}

	/**
	 * Create a database without tables.
	 */
	abstract DataSource empty();

	/**
	 * Create a database with the tables that are shipped.
	 */
	DataSource create() {
		DataSource source = empty();
		populate(source);
		return source;
	}

	void populate(DataSource source) {
		new ResourceDatabasePopulator(new ClassPathResource("io/mcpremote/audit/ledger/schema-" + this.schema + ".sql"))
			.execute(source);
	}

	private static DataSource h2(String settings) {
		return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1" + settings, "sa",
				"");
	}

}
