// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Statements that prove nothing here: of other ledgers, or signed with a key that is not
 * known.
 */
final class StrangeStatements {

	private static final int MAX_LEDGERS = 100;

	private final @Nullable String ledger;

	private final Findings findings;

	private final boolean strict;

	private final Map<String, Finding> unverifiable = new TreeMap<>();

	private final Set<String> others = new TreeSet<>();

	/**
	 * Create a collection.
	 * @param ledger whose statements matter, {@code null} for all
	 * @param findings take what is wrong
	 * @param strict whether there should be no others
	 */
	StrangeStatements(@Nullable String ledger, Findings findings, boolean strict) {
		this.ledger = ledger;
		this.findings = findings;
		this.strict = strict;
	}

	/**
	 * Return whether a statement is of another ledger, and say so. The name of a ledger
	 * is not signed: whoever puts another in its place makes all that tells of the ledger
	 * look as if it told of something else.
	 */
	boolean isOfAnother(Statement statement, String where, long line) {
		if (this.ledger == null || this.ledger.equals(statement.ledger())) {
			return false;
		}
		if (this.others.size() < MAX_LEDGERS && this.others.add(statement.ledger())) {
			String message = "tells of the ledger " + statement.ledger() + ", while the one looked at is called "
					+ this.ledger;
			if (this.strict) {
				this.findings.fault(Fault.FOREIGN, where, line, statement.chain(), statement.seq(),
						message + ": either that one was removed, or two ledgers share a place for checkpoints");
			}
			else {
				this.findings.notice(where + ", line " + line + ": " + message);
			}
		}
		return true;
	}

	/**
	 * Remember that a statement cannot be verified.
	 */
	void unverifiable(Statement statement, String where, long line, LedgerKeys.Objection objection) {
		if (this.unverifiable.size() < Witnesses.MAX_CHAINS) {
			this.unverifiable.putIfAbsent(statement.chain(), new Finding(objection.fault(), where, line,
					statement.chain(), statement.seq(), "is a statement that " + objection.message()));
		}
	}

	/**
	 * Say what could not be verified. That is no fault of chains of which nothing is
	 * left, since keys need not be kept for longer.
	 * @param kept the chains that have records
	 */
	void settle(Set<String> kept) {
		this.unverifiable.forEach((chain, finding) -> {
			if (kept.contains(chain)) {
				this.findings.fault(finding.fault(), finding.where(), finding.line(), chain, finding.seq(),
						finding.message());
			}
			else {
				this.findings.notice(finding.where() + ", line " + finding.line() + ": " + finding.message()
						+ "; the chain " + chain + " has no records any more");
			}
		});
	}

}
