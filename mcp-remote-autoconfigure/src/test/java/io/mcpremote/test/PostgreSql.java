// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.io.IOException;
import java.time.Duration;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A real PostgreSQL, one server for all tests of a process.
 */
public final class PostgreSql {

	private static EmbeddedPostgres server;

	private static int databases;

	private PostgreSql() {
	}

	/**
	 * Create an empty database.
	 */
	public static synchronized DataSource create() {
		if (server == null) {
			server = start();
		}
		String name = "test" + ++databases;
		new JdbcTemplate(server.getPostgresDatabase()).execute("create database " + name);
		PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
		source.setUrl(server.getJdbcUrl("postgres", name));
		// Each connection is a process of its own
		return JdbcConnectionPool.create(source);
	}

	private static EmbeddedPostgres start() {
		Needed.isTrue(
				"somebody other than root to run PostgreSQL, or user namespaces (unshare -U) to be somebody else in",
				!"root".equals(System.getProperty("user.name")) || LinuxUtils.isUnshareAvailable());
		try {
			return EmbeddedPostgres.builder()
				.setPGStartupWait(Duration.ofMinutes(2))
				.setServerConfig("fsync", "off")
				.setServerConfig("max_connections", "500")
				.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
