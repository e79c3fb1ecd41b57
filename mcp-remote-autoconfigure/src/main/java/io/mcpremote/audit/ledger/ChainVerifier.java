// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Follows the records of one chain, in the order in which they are kept, and says what is
 * wrong with them. After a fault it goes on with what the record itself says, so that one
 * fault is found once.
 */
final class ChainVerifier {

	private final LedgerKeys keys;

	private final ChainFaults faults;

	private final SectionCheck sections;

	private final WitnessCheck witnesses;

	private final ChainState state = new ChainState();

	private final LinkCheck links = new LinkCheck();

	private boolean beginning;

	private boolean started;

	private boolean ended;

	private long missingFrom = -1;

	private String time = "";

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
		this.keys = keys;
		this.faults = new ChainFaults(chain, findings);
		this.sections = new SectionCheck(keys, this.faults, ledger, anchor);
		this.witnesses = new WitnessCheck(witnesses, this.faults);
	}

	/**
	 * Begin a file.
	 * @param where the name of the file
	 * @param number the number in its name
	 */
	void section(String where, int number) {
		this.faults.goTo(where);
		this.sections.goTo(number);
		this.beginning = true;
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
		return (this.faults.isClean()) ? this.state.statements - this.sections.before() : -1;
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
		if (!line.chain().equals(this.faults.chain())) {
			this.faults.fault(Fault.FOREIGN, number, line.seq(), "belongs to the chain " + line.chain());
		}
		else if (this.started && line.seq() < this.state.next) {
			repeated(line, number);
		}
		else {
			follow(line, bytes, from, to, number);
		}
		this.beginning = false;
		return this.faults.record(line.kind() == RecordKind.EVENT);
	}

	/**
	 * Something stands where a record should.
	 */
	boolean damaged(long number, String message) {
		this.faults.fault(Fault.ALTERED, number, (this.started) ? this.state.next : -1, message);
		this.beginning = false;
		this.links.loose();
		this.state.next++;
		return this.faults.record(false);
	}

	private void repeated(LedgerLine line, long number) {
		if (this.missingFrom >= 0 && line.seq() >= this.missingFrom) {
			this.faults.found(line.seq(), "is not where it was written, but later");
			this.missingFrom = line.seq() + 1;
		}
		else {
			this.faults.fault(Fault.DUPLICATED, number, line.seq(), "is there again, or out of its place");
		}
	}

	private void follow(LedgerLine line, byte[] bytes, int from, int to, long number) {
		if (!this.started) {
			this.started = true;
			this.sections.start(line, number, this.state, this.links);
		}
		if (line.seq() > this.state.next) {
			this.faults.fault(Fault.MISSING, number, this.state.next,
					(line.seq() - this.state.next) + " missing before this line");
			this.missingFrom = this.state.next;
			this.state.next = line.seq();
			this.links.loose();
		}
		if (this.ended) {
			this.faults.fault(Fault.ALTERED, number, line.seq(), "comes after the end of its chain");
		}
		if (!this.links.accept(this.state.mac, line, bytes, from)) {
			this.faults.fault(Fault.ALTERED, number, line.seq(),
					"is not what was written, or does not follow the one before");
		}
		if (line.kind() == RecordKind.OPEN || this.beginning) {
			this.sections.check(line, this.beginning, number, this.state);
		}
		if (line.kind() == RecordKind.CHECKPOINT || line.kind() == RecordKind.END) {
			statement(line, number);
			this.ended = line.kind() == RecordKind.END;
		}
		this.state.count(line.kind(), bytes, from, to, line.mac());
		this.time = line.time();
		this.witnesses.record(line, number);
	}

	private void statement(LedgerLine line, long number) {
		Statement statement = Statement.parse(line.data().text());
		if (statement == null) {
			this.faults.fault(Fault.ALTERED, number, line.seq(), "holds something else than a statement");
			return;
		}
		LedgerKeys.Objection objection = this.keys.objection(statement);
		if (objection != null) {
			this.faults.fault(objection.fault(), number, line.seq(), "holds a statement that " + objection.message());
		}
		else if (this.faults.isClean() && !statement.agrees(line, this.state)) {
			this.faults.fault(Fault.ALTERED, number, line.seq(),
					"states something else than what stands before it, from record " + (this.state.next - 1)
							+ " back to the statement before");
		}
		else {
			this.witnesses.statement(statement, line, number);
		}
	}

	/**
	 * There are no more records.
	 * @param live whether somebody is writing the chain
	 * @param late takes what is not kept elsewhere, where it may be by now
	 */
	void finish(boolean live, Consumer<ExpectedCheckpoints> late) {
		long last = this.state.next - 1;
		Statement latest = this.witnesses.finish(last, this.ended);
		ExpectedCheckpoints expected = new ExpectedCheckpoints(this.faults.chain(), this.faults.where(),
				this.sections.before() + 1, this.state.statements, this.ended);
		if (!live && this.faults.isClean() && this.witnesses.isLacking(expected)) {
			late.accept(expected);
		}
		if (this.ended || live) {
			return;
		}
		if (latest != null) {
			this.faults.notice("has no end after record " + last + ", and what came after record " + latest.seq()
					+ " is not vouched for elsewhere");
			return;
		}
		this.faults.fault(Fault.UNFINISHED, 0, last,
				"is the last one though the chain has no end: either its process was killed,"
						+ " or the rest was cut off, which only checkpoints kept elsewhere can tell");
	}

}
