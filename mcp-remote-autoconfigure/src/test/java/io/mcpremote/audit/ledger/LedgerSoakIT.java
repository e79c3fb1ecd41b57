// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that are killed while they write; {@code checks/audit/run} does it for
 * longer.
 */
class LedgerSoakIT {

	@TempDir
	private Path directory;

	@Test
	void appendWhenProcessesAreKilledThenNothingConfirmedIsLost() throws Exception {
		LedgerSoak.Result result = LedgerSoak.run(this.directory.resolve("ledger"), 200_000, 10);
		System.out.println(result);
		assertThat(result.isGood()).as(result.toString()).isTrue();
		assertThat(result.confirmed()).isGreaterThanOrEqualTo(200_000);
	}

}
