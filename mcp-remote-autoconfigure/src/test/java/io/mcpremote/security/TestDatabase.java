// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.UUID;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcConnectionPool;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Databases that have the table that is shipped.
 */
final class TestDatabase {

	private TestDatabase() {
	}

	static DataSource create() {
		return create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
	}

	static DataSource create(String url) {
		return populate(JdbcConnectionPool.create(url, "sa", ""));
	}

	static DataSource populate(DataSource source) {
		new ResourceDatabasePopulator(new ClassPathResource("io/mcpremote/security/api-key-schema.sql"))
			.execute(source);
		return source;
	}

}
