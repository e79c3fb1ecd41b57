// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Duration;

/**
 * How a ledger is written.
 *
 * @param checkpointEvents after how many events a chain states how far it has come
 * @param checkpointInterval after which time it does, if there are new events
 * @param maxSize how large a file may become
 * @param maxAge for how long a file is written
 * @param retention how long events are kept
 * @param force whether events outlive a loss of power, and not only of the process
 */
record LedgerSettings(int checkpointEvents, Duration checkpointInterval, long maxSize, Duration maxAge,
		Duration retention, boolean force) {

}
