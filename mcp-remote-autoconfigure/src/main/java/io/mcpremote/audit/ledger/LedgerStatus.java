// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import org.jspecify.annotations.Nullable;

/**
 * How the chain is that a process writes.
 *
 * @param name the name of the sink
 * @param chain the chain
 * @param records how many records it has
 * @param events how many of them are events
 * @param checkpoints how many checkpoints there were
 * @param failure why the last attempt to write failed, or that it has gone on for ten
 * seconds, {@code null} otherwise
 * @since 0.1.0
 */
public record LedgerStatus(String name, String chain, long records, long events, long checkpoints,
		@Nullable String failure) {

}
