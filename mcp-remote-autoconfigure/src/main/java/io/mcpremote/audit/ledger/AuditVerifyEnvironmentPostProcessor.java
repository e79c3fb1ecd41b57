// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import io.mcpremote.command.CommandEnvironmentPostProcessor;

/**
 * Prepares an application that is to verify audit records.
 */
final class AuditVerifyEnvironmentPostProcessor extends CommandEnvironmentPostProcessor {

	static final String VERIFY = "mcp.remote.audit.verify";

	/**
	 * Stands for the table.
	 */
	static final String JDBC = "jdbc";

	AuditVerifyEnvironmentPostProcessor() {
		super(VERIFY, "It must name a directory, a file or 'jdbc'.", "mcp.remote.audit.enabled",
				"No audit records are kept here");
	}

}
