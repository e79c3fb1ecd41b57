// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.util.List;

import io.mcpremote.audit.AuditException;
import io.mcpremote.audit.ledger.AuditLedger;
import io.mcpremote.audit.ledger.LedgerStatus;

/**
 * Finds out whether anything can be put on record, from how the last attempt went.
 *
 * @param ledgers where records are kept, of which one is enough
 */
record LedgerProbe(List<AuditLedger> ledgers) implements StoreProbe {

	@Override
	public String name() {
		return "audit-ledger";
	}

	@Override
	public void probe() {
		List<LedgerStatus> states = this.ledgers.stream().map(AuditLedger::status).toList();
		if (states.stream().allMatch((state) -> state.failure() != null)) {
			throw new AuditException(
					"No audit ledger can be written to: "
							+ states.stream().map((state) -> state.name() + " (" + state.failure() + ")").toList(),
					null);
		}
	}

}
