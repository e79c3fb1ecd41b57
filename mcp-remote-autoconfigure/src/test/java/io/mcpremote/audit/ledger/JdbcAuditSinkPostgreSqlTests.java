// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

class JdbcAuditSinkPostgreSqlTests extends JdbcAuditSinkTests {

	@Override
	LedgerPlatform platform() {
		return LedgerPlatform.POSTGRESQL;
	}

}
