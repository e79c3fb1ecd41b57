// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of audit records in a database.
 *
 * @param enabled Whether audit records are kept in chained rows of a table.
 * @param dataSource Name of the bean that is the database. The only or primary one if not
 * set.
 * @param initializeSchema When the tables are created.
 * @param platform Whose schema is used: h2, postgresql or mysql. What the database says
 * it is if not set.
 * @param retention How long records are kept.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.audit.jdbc")
public record McpRemoteAuditJdbcProperties(@DefaultValue("false") boolean enabled, @Nullable String dataSource,
		@DefaultValue("embedded") InitializeSchema initializeSchema, @Nullable String platform,
		@DefaultValue("90d") Duration retention) {

	/**
	 * When tables are created that do not exist.
	 */
	public enum InitializeSchema {

		/**
		 * At every start.
		 */
		ALWAYS,

		/**
		 * If the database lives in the memory of the process.
		 */
		EMBEDDED,

		/**
		 * By somebody else.
		 */
		NEVER

	}

}
