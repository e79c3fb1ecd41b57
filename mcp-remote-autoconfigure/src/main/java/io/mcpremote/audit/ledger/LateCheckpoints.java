// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Checkpoints that were not there when those kept elsewhere were read. Their chains may
 * have gone on since, so it is looked again, once for all chains.
 */
final class LateCheckpoints {

	private final @Nullable String ledger;

	private final LedgerKeys keys;

	private final @Nullable Path directory;

	private final List<ExpectedCheckpoints> missing = new ArrayList<>();

	/**
	 * Create a collection.
	 * @param ledger the name of the ledger
	 * @param keys verify checkpoints
	 * @param directory where they are kept, if there is one
	 */
	LateCheckpoints(@Nullable String ledger, LedgerKeys keys, @Nullable Path directory) {
		this.ledger = ledger;
		this.keys = keys;
		this.directory = directory;
	}

	void add(ExpectedCheckpoints expected) {
		this.missing.add(expected);
	}

	/**
	 * Look again.
	 */
	void settle(Findings findings) throws IOException {
		if (this.missing.isEmpty() || !findings.isComplete()) {
			return;
		}
		// What is wrong there was found the first time
		Findings again = findings.another();
		List<Witnesses> kept = WitnessReader.read(this.ledger, this.keys, again, this.directory, null);
		if (!again.isComplete()) {
			findings.giveUp();
			return;
		}
		for (ExpectedCheckpoints expected : this.missing) {
			if (kept.stream().map((each) -> each.of(expected.chain())).anyMatch(expected::areLackedBy)) {
				findings.fault(Fault.MISSING, expected.where(), 0, expected.chain(), -1,
						"checkpoints of the chain are not among those kept elsewhere");
			}
		}
	}

}
