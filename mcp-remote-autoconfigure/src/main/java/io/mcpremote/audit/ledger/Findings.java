// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Collects what a verification finds, and only so much of it.
 */
final class Findings {

	private static final int MAX = 100;

	private final List<Finding> findings = new ArrayList<>();

	private final List<String> notices = new ArrayList<>();

	private final BooleanSupplier mayGoOn;

	private long faults;

	private long looked;

	private long chains;

	private long records;

	private long events;

	private boolean complete = true;

	/**
	 * Create a collection.
	 * @param mayGoOn whether the verification may still take time
	 */
	Findings(BooleanSupplier mayGoOn) {
		this.mayGoOn = mayGoOn;
	}

	void fault(Fault fault, String where, long line, String chain, long seq, String message) {
		if (this.findings.size() < MAX) {
			this.findings.add(new Finding(fault, where, line, chain, seq, message));
		}
		this.faults++;
	}

	/**
	 * Records that were thought to be missing have been found at another place.
	 */
	void found(String chain, long seq, String message) {
		for (int i = this.findings.size() - 1; i >= 0; i--) {
			Finding finding = this.findings.get(i);
			if (finding.chain().equals(chain) && finding.fault() == Fault.MISSING) {
				this.findings.set(i,
						new Finding(Fault.REORDERED, finding.where(), finding.line(), chain, seq, message));
				return;
			}
		}
	}

	void notice(String notice) {
		if (this.notices.size() < MAX) {
			this.notices.add(notice);
		}
	}

	void chain() {
		this.chains++;
	}

	/**
	 * Count a record.
	 * @return whether the verification may go on
	 */
	boolean record(boolean event) {
		this.records++;
		if (event) {
			this.events++;
		}
		if ((this.records & 0xfff) == 0 && !this.mayGoOn.getAsBoolean()) {
			this.complete = false;
		}
		return this.complete;
	}

	/**
	 * Return whether there is time to look at more of what is no record.
	 */
	boolean goOn() {
		this.looked++;
		if ((this.looked & 0xfff) == 0 && !this.mayGoOn.getAsBoolean()) {
			this.complete = false;
		}
		return this.complete;
	}

	/**
	 * Say that not everything was looked at.
	 */
	void giveUp() {
		this.complete = false;
	}

	/**
	 * Return an empty collection with the same time.
	 */
	Findings another() {
		return new Findings(this.mayGoOn);
	}

	boolean isComplete() {
		return this.complete;
	}

	long faults() {
		return this.faults;
	}

	VerificationReport report(String what) {
		return new VerificationReport(what, this.complete, this.chains, this.records, this.events, this.faults,
				List.copyOf(this.findings), List.copyOf(this.notices));
	}

}
