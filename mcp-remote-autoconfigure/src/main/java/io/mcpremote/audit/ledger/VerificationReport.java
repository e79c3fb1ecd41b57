// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.List;

/**
 * What the verification of a ledger has come to.
 *
 * @param what the directory, file or table
 * @param complete whether everything was looked at
 * @param chains how many chains there are
 * @param records how many records were looked at
 * @param events how many of them are events
 * @param faults how many things are wrong
 * @param findings the first of them, in the order in which they were found
 * @param notices what is not wrong but should be known
 * @since 0.1.0
 */
public record VerificationReport(String what, boolean complete, long chains, long records, long events, long faults,
		List<Finding> findings, List<String> notices) {

	/**
	 * Return whether everything was looked at and nothing is wrong.
	 * @return whether the ledger is as it was written
	 */
	public boolean intact() {
		return this.complete && this.faults == 0;
	}

	/**
	 * Return the report as lines for people.
	 * @return the lines
	 */
	public String text() {
		StringBuilder text = new StringBuilder();
		text.append(this.what)
			.append(": ")
			.append((this.faults > 0) ? "NOT INTACT" : (this.complete) ? "intact" : "NOT LOOKED AT IN FULL")
			.append(", ")
			.append(this.events)
			.append(" events in ")
			.append(this.records)
			.append(" records of ")
			.append(this.chains)
			.append((this.chains != 1) ? " chains" : " chain");
		if (this.faults > 0) {
			text.append(", ").append(this.faults).append((this.faults != 1) ? " faults" : " fault");
		}
		text.append('\n');
		this.findings.forEach((finding) -> text.append("  ").append(finding).append('\n'));
		if (this.faults > this.findings.size()) {
			text.append("  and ").append(this.faults - this.findings.size()).append(" more\n");
		}
		this.notices.forEach((notice) -> text.append("  note: ").append(Finding.plain(notice)).append('\n'));
		return text.toString();
	}

}
