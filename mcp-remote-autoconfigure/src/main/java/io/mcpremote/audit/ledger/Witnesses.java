// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.mcpremote.audit.ledger.Statement.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Statements that were kept apart from the chains they are about. Of each chain only the
 * last one is needed, since it vouches for all that came before.
 */
final class Witnesses {

	/**
	 * To be told when a ledger vouches for itself alone.
	 */
	static final String NOT_APART = "No checkpoints kept apart from the ledger were looked at. Without them nothing tells"
			+ " whether chains, or the ends of chains, were removed together with their checkpoints";

	static final int MAX_CHAINS = 100_000;

	private final LedgerKeys keys;

	private final Findings findings;

	private final boolean strict;

	private final Map<String, Statement> last = new TreeMap<>();

	private final Map<String, Statement> anchors = new HashMap<>();

	private final Map<String, Long> first = new HashMap<>();

	private final Map<String, Numbers> numbers = new TreeMap<>();

	private final StrangeStatements strange;

	/**
	 * Create a collection.
	 * @param ledger whose statements matter, {@code null} for all
	 * @param keys verify them
	 * @param findings take what is wrong
	 * @param strict whether none may be missing
	 */
	Witnesses(@Nullable String ledger, LedgerKeys keys, Findings findings, boolean strict) {
		this.keys = keys;
		this.findings = findings;
		this.strict = strict;
		this.strange = new StrangeStatements(ledger, findings, strict);
	}

	/**
	 * Return the anchor of a chain that tells of most.
	 */
	static @Nullable Statement anchor(List<Witnesses> witnesses, String chain) {
		return witnesses.stream()
			.map((each) -> each.anchors.get(chain))
			.filter(Objects::nonNull)
			.reduce(Witnesses::later)
			.orElse(null);
	}

	boolean isStrict() {
		return this.strict;
	}

	boolean isEmpty() {
		return this.last.isEmpty();
	}

	void accept(Statement statement, String where, long line) {
		if (this.strange.isOfAnother(statement, where, line)) {
			return;
		}
		LedgerKeys.Objection objection = this.keys.objection(statement);
		if (objection != null && objection.fault() == Fault.UNVERIFIABLE) {
			this.strange.unverifiable(statement, where, line, objection);
		}
		else if (objection != null) {
			fault(objection.fault(), where, line, statement, "is a statement that " + objection.message());
		}
		else if (statement.kind() == Kind.ANCHOR) {
			this.anchors.merge(statement.chain(), statement, Witnesses::later);
		}
		else if (this.last.size() < MAX_CHAINS || this.last.containsKey(statement.chain())) {
			follow(statement, where, line);
		}
	}

	/**
	 * Say what is not there, and what could not be verified for want of a key.
	 * @param kept the chains that have records
	 */
	void settle(Set<String> kept) {
		this.numbers.forEach((chain, numbers) -> {
			long missing = numbers.gap();
			if (missing >= 0) {
				this.findings.fault(Fault.MISSING, "checkpoints", 0, chain, -1, "statement " + missing
						+ " of the chain is not among those kept elsewhere, though later ones are");
			}
		});
		this.strange.settle(kept);
	}

	private void follow(Statement statement, String where, long line) {
		Statement before = this.last.get(statement.chain());
		if (before != null && (statement.number() == before.number() || statement.seq() == before.seq())
				&& !statement.signed().equals(before.signed())) {
			fault(Fault.ALTERED, where, line, statement,
					"contradicts another statement, which has the same number or speaks of the same record: the chain"
							+ " was cut and went on from there");
			return;
		}
		this.first.merge(statement.chain(), statement.number(), Math::min);
		if (this.strict) {
			this.numbers.computeIfAbsent(statement.chain(), (chain) -> new Numbers()).add(statement.number());
		}
		this.last.merge(statement.chain(), statement, Witnesses::later);
	}

	private static Statement later(Statement first, Statement second) {
		return (second.seq() >= first.seq()) ? second : first;
	}

	Witness of(String chain) {
		return new Witness(this.last.get(chain), this.strict, this.first.getOrDefault(chain, 0L));
	}

	Set<String> chains() {
		return this.last.keySet();
	}

	private void fault(Fault fault, String where, long line, Statement statement, String message) {
		this.findings.fault(fault, where, line, statement.chain(), statement.seq(), message);
	}

}
