// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

class JdbcLedgerPostgreSqlTests extends JdbcLedgerTests {

	@Override
	LedgerPlatform platform() {
		return LedgerPlatform.POSTGRESQL;
	}

}
