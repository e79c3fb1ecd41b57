// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table of events.
 *
 * @param seq the number of the record
 * @param section the part of its chain
 * @param columns what follows from the record
 * @param text the record
 */
record StoredRecord(long seq, int section, List<@Nullable Object> columns, String text) {

}
