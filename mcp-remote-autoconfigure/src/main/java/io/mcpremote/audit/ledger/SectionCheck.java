// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Looks at the records with which chains and their files begin.
 */
final class SectionCheck {

	private final LedgerKeys keys;

	private final ChainFaults faults;

	private final @Nullable String ledger;

	private final @Nullable Statement anchor;

	private int file;

	private long before;

	/**
	 * Create a check.
	 * @param keys the keys
	 * @param faults take what is wrong
	 * @param ledger the directory or table, {@code null} if that is not known
	 * @param anchor says up to where the chain was deleted in order
	 */
	SectionCheck(LedgerKeys keys, ChainFaults faults, @Nullable String ledger, @Nullable Statement anchor) {
		this.keys = keys;
		this.faults = faults;
		this.ledger = ledger;
		this.anchor = anchor;
	}

	/**
	 * Go to another file.
	 * @param number the number in its name
	 */
	void goTo(int number) {
		this.file = number;
	}

	/**
	 * Return how many statements there were before what is kept of the chain.
	 */
	long before() {
		return this.before;
	}

	/**
	 * Look at the first record of what is kept of a chain, which tells where to go on
	 * from.
	 */
	void start(LedgerLine line, long number, ChainState state, LinkCheck links) {
		OpenData open = open(line);
		boolean anchored = open != null && this.anchor != null && this.anchor.seq() == line.seq() - 1
				&& this.anchor.mac().equals(open.mac());
		if (line.seq() > 0 && !anchored) {
			this.faults.fault(Fault.MISSING, number, 0, "all before record " + line.seq()
					+ " missing, and not by retention, which would have left a signed anchor");
		}
		state.next = line.seq();
		if (open == null) {
			// Without the first record it is not known which key
			this.faults.fault(Fault.MISSING, number, line.seq(), "the first record of the file is not there");
			links.loose();
			return;
		}
		state.mac = open.mac();
		state.digest = open.digest();
		state.events = open.events();
		state.statements = open.statements();
		this.before = open.statements();
		LedgerKey key = this.keys.find(open.key());
		if (key != null) {
			links.use(key);
		}
		else if (this.keys.canVerifyRecords()) {
			this.faults.fault(Fault.UNVERIFIABLE, number, line.seq(),
					"is chained with the key '" + open.key() + "', which is not among the keys");
		}
	}

	/**
	 * Look at a record that begins a file, or should.
	 * @param beginning whether it is the first of a file
	 */
	void check(LedgerLine line, boolean beginning, long number, ChainState state) {
		OpenData open = open(line);
		if (open == null || !beginning) {
			if (this.faults.isClean()) {
				this.faults.fault(Fault.ALTERED, number, line.seq(), "is not what stands here in a file");
			}
			return;
		}
		if (this.ledger != null && !open.ledger().equals(this.ledger)) {
			this.faults.fault(Fault.FOREIGN, number, line.seq(), "belongs to another ledger");
		}
		if (open.file() != this.file) {
			this.faults.fault(Fault.REORDERED, number, line.seq(), "begins file " + open.file() + " of its chain");
		}
		if (this.faults.isClean() && !(open.mac().equals(state.mac) && open.digest().equals(state.digest))) {
			this.faults.fault(Fault.ALTERED, number, line.seq(), "does not follow the file before");
		}
		state.beginSection();
	}

	private static @Nullable OpenData open(LedgerLine line) {
		return (line.kind() == RecordKind.OPEN) ? OpenData.parse(line.data().text()) : null;
	}

}
