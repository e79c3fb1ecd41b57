// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How much tools were used.
 *
 * @param query what was asked
 * @param complete whether everything was counted
 * @param rows the counts, most calls first
 * @since 0.1.0
 */
public record UsageReport(UsageQuery query, boolean complete, List<Row> rows) {

	static final int MAX_ROWS = 1000;

	/**
	 * The calls of one user to one tool that ended alike.
	 *
	 * @param tenant the tenant
	 * @param issuer who vouches for the user, whose name may be that of others elsewhere
	 * @param user the user
	 * @param tool the tool
	 * @param outcome how they ended
	 * @param calls how many there were
	 * @param durationMicros how long they took together, in microseconds
	 */
	public record Row(@Nullable String tenant, @Nullable String issuer, @Nullable String user, @Nullable String tool,
			@Nullable String outcome, long calls, long durationMicros) {

	}

}
