// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

class JdbcLedgerMySqlTests extends JdbcLedgerTests {

	@Override
	LedgerPlatform platform() {
		return LedgerPlatform.MYSQL;
	}

}
