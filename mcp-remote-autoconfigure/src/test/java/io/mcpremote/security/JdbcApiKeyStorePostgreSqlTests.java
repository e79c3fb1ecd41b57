// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import javax.sql.DataSource;

import io.mcpremote.test.PostgreSql;

class JdbcApiKeyStorePostgreSqlTests extends JdbcApiKeyStoreTests {

	@Override
	DataSource database() {
		return TestDatabase.populate(PostgreSql.create());
	}

}
