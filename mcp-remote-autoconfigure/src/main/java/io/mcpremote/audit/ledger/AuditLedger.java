// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Duration;

/**
 * A place where audit records are kept in chains, as those who operate the server see it.
 *
 * @since 0.1.0
 */
public interface AuditLedger {

	/**
	 * Return how the chain of this process is.
	 * @return the state
	 */
	LedgerStatus status();

	/**
	 * Verify all chains.
	 * @param limit how long that may take
	 * @return what was found, incomplete if there was not enough time
	 */
	VerificationReport verify(Duration limit);

	/**
	 * Count calls of tools.
	 * @param query which ones
	 * @param limit how long that may take
	 * @return the counts, incomplete if there was not enough time or there are too many
	 */
	UsageReport usage(UsageQuery query, Duration limit);

}
