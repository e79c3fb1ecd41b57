// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

class JdbcAuditSinkContractPostgreSqlTests extends JdbcAuditSinkContractTests {

	@Override
	LedgerPlatform platform() {
		return LedgerPlatform.POSTGRESQL;
	}

}
