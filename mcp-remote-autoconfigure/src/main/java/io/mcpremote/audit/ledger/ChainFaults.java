// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

/**
 * Says what is wrong with one chain, and where that is.
 */
final class ChainFaults {

	private final String chain;

	private final Findings findings;

	private String where = "";

	/**
	 * Whether what has been counted is right, as no fault has been found so far.
	 */
	private boolean clean = true;

	ChainFaults(String chain, Findings findings) {
		this.chain = chain;
		this.findings = findings;
	}

	String chain() {
		return this.chain;
	}

	String where() {
		return this.where;
	}

	/**
	 * Go to another file or table.
	 */
	void goTo(String name) {
		this.where = name;
	}

	boolean isClean() {
		return this.clean;
	}

	void fault(Fault fault, long number, long seq, String message) {
		this.findings.fault(fault, this.where, number, this.chain, seq, message);
		this.clean = false;
	}

	/**
	 * What was missing has been found elsewhere.
	 */
	void found(long seq, String message) {
		this.findings.found(this.chain, seq, message);
	}

	void notice(String notice) {
		this.findings.notice("The chain " + this.chain + ' ' + notice);
	}

	/**
	 * Count a record.
	 * @return whether there is time for more
	 */
	boolean record(boolean event) {
		return this.findings.record(event);
	}

}
