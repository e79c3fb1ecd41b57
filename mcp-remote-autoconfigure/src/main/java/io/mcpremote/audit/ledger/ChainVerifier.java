// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Follows the records of one chain, in the order in which they are kept, and says what is
 * wrong with them. After a fault it goes on with what the record itself says, so that one
 * fault is found once.
 */
final class ChainVerifier {

	private final String chain;

	private final LedgerKeys keys;

	private final Findings findings;

	private final @Nullable String ledger;

	private final @Nullable Statement anchor;

	private final List<Witness> witnesses;

	private ChainState state = new ChainState();

	private final LinkCheck links = new LinkCheck();

	private String where = "";

	private int file;

	private boolean beginning;

	private boolean started;

	private boolean ended;

	private long missingFrom = -1;

	private String time = "";

	/**
	 * How many statements there were before what is kept of the chain.
	 */
	private long before;

	/**
	 * Whether the counts are right, as no fault has been found so far.
	 */
	private boolean clean = true;

	/**
	 * Create a verifier.
	 * @param chain the chain
	 * @param keys the keys
	 * @param findings take what is found
	 * @param ledger the directory or table, {@code null} if that is not known
	 * @param anchor says up to where the chain was deleted in order
	 * @param witnesses say how far the chain had come, by what is kept elsewhere
	 */
	ChainVerifier(String chain, LedgerKeys keys, Findings findings, @Nullable String ledger, @Nullable Statement anchor,
			List<Witness> witnesses) {
		this.chain = chain;
		this.keys = keys;
		this.findings = findings;
		this.ledger = ledger;
		this.anchor = anchor;
		this.witnesses = witnesses;
	}

	/**
	 * Begin a file.
	 * @param where the name of the file
	 * @param number the number in its name
	 */
	void section(String where, int number) {
		this.where = where;
		this.file = number;
		this.beginning = true;
	}

	ChainState state() {
		return this.state;
	}

	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Return when the last record was written, as it says itself.
	 */
	String time() {
		return this.time;
	}

	/**
	 * Return how many statements there are in what was looked at, unless something is
	 * wrong with it.
	 * @return the number, or -1
	 */
	long statements() {
		return (this.clean) ? this.state.statements - this.before : -1;
	}

	/**
	 * Look at the next record.
	 * @return whether there is time for more
	 */
	boolean accept(byte[] bytes, int from, int to, long number) {
		LedgerLine line = LedgerLine.parse(bytes, from, to);
		if (line == null) {
			return damaged(number, "is not a record");
		}
		if (!line.chain().equals(this.chain)) {
			fault(Fault.FOREIGN, number, line.seq(), "belongs to the chain " + line.chain());
		}
		else if (this.started && line.seq() < this.state.next) {
			repeated(line, number);
		}
		else {
			follow(line, bytes, from, to, number);
		}
		this.beginning = false;
		return this.findings.record(line.kind() == RecordKind.EVENT);
	}

	/**
	 * Something stands where a record should.
	 */
	boolean damaged(long number, String message) {
		fault(Fault.ALTERED, number, (this.started) ? this.state.next : -1, message);
		this.beginning = false;
		this.links.loose();
		this.state.next++;
		return this.findings.record(false);
	}

	private void repeated(LedgerLine line, long number) {
		if (this.missingFrom >= 0 && line.seq() >= this.missingFrom) {
			this.findings.found(this.chain, line.seq(), "is not where it was written, but later");
			this.missingFrom = line.seq() + 1;
		}
		else {
			fault(Fault.DUPLICATED, number, line.seq(), "is there again, or out of its place");
		}
	}

	private void follow(LedgerLine line, byte[] bytes, int from, int to, long number) {
		if (!this.started) {
			start(line, number);
		}
		if (line.seq() > this.state.next) {
			fault(Fault.MISSING, number, this.state.next, (line.seq() - this.state.next) + " missing before this line");
			this.missingFrom = this.state.next;
			this.state.next = line.seq();
			this.links.loose();
		}
		if (this.ended) {
			fault(Fault.ALTERED, number, line.seq(), "comes after the end of its chain");
		}
		if (!this.links.accept(this.state.mac, line, bytes, from)) {
			fault(Fault.ALTERED, number, line.seq(), "is not what was written, or does not follow the one before");
		}
		if (line.kind() == RecordKind.OPEN || this.beginning) {
			open(line, number);
		}
		if (line.kind() == RecordKind.CHECKPOINT || line.kind() == RecordKind.END) {
			statement(line, number);
			this.ended = line.kind() == RecordKind.END;
		}
		this.state.count(line.kind(), bytes, from, to, line.mac());
		this.time = line.time();
		for (Witness witness : this.witnesses) {
			if (witness.contradicts(line)) {
				fault(Fault.ALTERED, number, line.seq(),
						"is not the record of which a checkpoint kept elsewhere tells");
			}
		}
	}

	private void start(LedgerLine line, long number) {
		this.started = true;
		OpenData open = (line.kind() == RecordKind.OPEN) ? OpenData.parse(line.data().text()) : null;
		String before = (open != null) ? open.mac() : "";
		boolean anchored = this.anchor != null && this.anchor.seq() == line.seq() - 1
				&& this.anchor.mac().equals(before);
		if (line.seq() > 0 && !anchored) {
			fault(Fault.MISSING, number, 0, "all before record " + line.seq()
					+ " missing, and not by retention, which would have left a signed anchor");
		}
		this.state.next = line.seq();
		if (open == null) {
			// Without the first record it is not known which key
			fault(Fault.MISSING, number, line.seq(), "the first record of the file is not there");
			this.links.loose();
			return;
		}
		this.state.mac = open.mac();
		this.state.digest = open.digest();
		this.state.events = open.events();
		this.state.statements = open.statements();
		this.before = open.statements();
		LedgerKey key = this.keys.find(open.key());
		if (key != null) {
			this.links.use(key);
		}
		else if (this.keys.canVerifyRecords()) {
			fault(Fault.UNVERIFIABLE, number, line.seq(),
					"is chained with the key '" + open.key() + "', which is not among the keys");
		}
	}

	private void open(LedgerLine line, long number) {
		OpenData open = (line.kind() == RecordKind.OPEN) ? OpenData.parse(line.data().text()) : null;
		if (open == null || !this.beginning) {
			if (this.clean) {
				fault(Fault.ALTERED, number, line.seq(), "is not what stands here in a file");
			}
			return;
		}
		if (this.ledger != null && !open.ledger().equals(this.ledger)) {
			fault(Fault.FOREIGN, number, line.seq(), "belongs to another ledger");
		}
		if (open.file() != this.file) {
			fault(Fault.REORDERED, number, line.seq(), "begins file " + open.file() + " of its chain");
		}
		if (this.clean && !(open.mac().equals(this.state.mac) && open.digest().equals(this.state.digest))) {
			fault(Fault.ALTERED, number, line.seq(), "does not follow the file before");
		}
		this.state.beginSection();
	}

	private void statement(LedgerLine line, long number) {
		Statement statement = Statement.parse(line.data().text());
		if (statement == null) {
			fault(Fault.ALTERED, number, line.seq(), "holds something else than a statement");
			return;
		}
		LedgerKeys.Objection objection = this.keys.objection(statement);
		if (objection != null) {
			fault(objection.fault(), number, line.seq(), "holds a statement that " + objection.message());
		}
		else if (this.clean && !statement.agrees(line, this.state)) {
			fault(Fault.ALTERED, number, line.seq(), "states something else than what stands before it, from record "
					+ (this.state.next - 1) + " back to the statement before");
		}
		else if (this.witnesses.stream().anyMatch((witness) -> witness.contradicts(statement))) {
			fault(Fault.ALTERED, number, line.seq(), "holds statement " + statement.number()
					+ ", which is not the one kept elsewhere: the chain was cut and went on from there");
		}
	}

	/**
	 * There are no more records.
	 * @param live whether somebody is writing the chain
	 * @param again looks again at what is kept elsewhere, where there may be more by now
	 */
	void finish(boolean live, Supplier<List<Witness>> again) {
		long last = this.state.next - 1;
		Statement latest = null;
		for (Witness witness : this.witnesses) {
			Statement told = witness.last();
			if (told != null && (told.seq() > last || (told.kind() == Statement.Kind.END && !this.ended))) {
				fault(Fault.CUT, 0, last + 1,
						"a checkpoint kept elsewhere tells of " + told.events() + " events up to record " + told.seq()
								+ ((told.kind() == Statement.Kind.END) ? " and an end" : ""));
			}
			latest = (told != null && (latest == null || told.seq() > latest.seq())) ? told : latest;
		}
		if (!live && this.witnesses.stream().anyMatch(this::lacks) && again.get().stream().anyMatch(this::lacks)) {
			fault(Fault.MISSING, 0, -1, "checkpoints of the chain are not among those kept elsewhere");
		}
		if (this.ended || live) {
			return;
		}
		if (latest != null) {
			this.findings.notice("The chain " + this.chain + " has no end after record " + last
					+ ", and what came after record " + latest.seq() + " is not vouched for elsewhere");
			return;
		}
		fault(Fault.UNFINISHED, 0, last, "is the last one though the chain has no end: either its process was killed,"
				+ " or the rest was cut off, which only checkpoints kept elsewhere can tell");
	}

	/**
	 * Return whether statements of the chain are not kept elsewhere. Without an end, the
	 * process may have died before the last ones were.
	 */
	private boolean lacks(Witness witness) {
		return this.clean && witness.lacks(this.before + 1, (this.ended) ? this.state.statements
				: (witness.last() != null) ? Math.min(this.state.statements, witness.last().number()) : 0);
	}

	private void fault(Fault fault, long number, long seq, String message) {
		this.findings.fault(fault, this.where, number, this.chain, seq, message);
		this.clean = false;
	}

}
