// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Holds a chain against what is kept of it elsewhere.
 */
final class WitnessCheck {

	private final List<Witness> witnesses;

	private final ChainFaults faults;

	WitnessCheck(List<Witness> witnesses, ChainFaults faults) {
		this.witnesses = witnesses;
		this.faults = faults;
	}

	void record(LedgerLine line, long number) {
		for (Witness witness : this.witnesses) {
			if (witness.contradicts(line)) {
				this.faults.fault(Fault.ALTERED, number, line.seq(),
						"is not the record of which a checkpoint kept elsewhere tells");
			}
		}
	}

	void statement(Statement statement, LedgerLine line, long number) {
		if (this.witnesses.stream().anyMatch((witness) -> witness.contradicts(statement))) {
			this.faults.fault(Fault.ALTERED, number, line.seq(), "holds statement " + statement.number()
					+ ", which is not the one kept elsewhere: the chain was cut and went on from there");
		}
	}

	/**
	 * There are no more records.
	 * @param last the number of the last one
	 * @param ended whether that is an end
	 * @return the statement that tells of most, {@code null} if none tells of the chain
	 */
	@Nullable Statement finish(long last, boolean ended) {
		Statement latest = null;
		for (Witness witness : this.witnesses) {
			Statement told = witness.last();
			if (told != null && (told.seq() > last || (told.kind() == Statement.Kind.END && !ended))) {
				this.faults.fault(Fault.CUT, 0, last + 1,
						"a checkpoint kept elsewhere tells of " + told.events() + " events up to record " + told.seq()
								+ ((told.kind() == Statement.Kind.END) ? " and an end" : ""));
			}
			latest = (told != null && (latest == null || told.seq() > latest.seq())) ? told : latest;
		}
		return latest;
	}

	boolean isLacking(ExpectedCheckpoints expected) {
		return this.witnesses.stream().anyMatch(expected::areLackedBy);
	}

}
