// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditEventJson;

/**
 * Makes the records of a chain, some at a time. They count once they have been kept; if
 * they could not be, the chain goes on as if they had never been made. For one thread at
 * a time.
 */
final class ChainWriter {

	private static final int USUAL_SIZE = 1 << 16;

	private static final int LARGE = 1 << 23;

	private final String ledger;

	private final String chain;

	private final LedgerKeys keys;

	private final Mac mac;

	private final StringBuilder line = new StringBuilder(1024);

	private final List<Statement> statements = new ArrayList<>();

	private Lines lines = new Lines();

	private ChainState kept;

	private ChainState state;

	private String time = "";

	ChainWriter(String ledger, String chain, LedgerKey key, LedgerKeys keys, ChainState state) {
		this.ledger = ledger;
		this.chain = chain;
		this.keys = keys;
		this.mac = key.forRecords();
		this.kept = state;
		this.state = state;
	}

	String chain() {
		return this.chain;
	}

	/**
	 * Return how far the chain has come, what is not yet kept included.
	 */
	ChainState state() {
		return this.state;
	}

	/**
	 * Begin some records.
	 */
	void begin(Instant now) {
		this.state = this.kept.copy();
		this.lines.reset();
		if (this.lines.capacity() > LARGE) {
			this.lines = new Lines();
		}
		this.statements.clear();
		this.time = now.truncatedTo(ChronoUnit.MILLIS).toString();
	}

	void add(AuditEvent event) {
		head(RecordKind.EVENT);
		AuditEventJson.write(event, this.line);
		end(RecordKind.EVENT);
	}

	void add(RecordKind kind, String data) {
		head(kind);
		this.line.append(data);
		end(kind);
	}

	/**
	 * Begin a file, or the only section of a table.
	 */
	void open(int file, LedgerKey key, String process) {
		this.state.beginSection();
		add(RecordKind.OPEN, new OpenData(this.ledger, file, key.id(), this.state.mac, this.state.digest,
				this.state.events, this.state.statements, process)
			.text());
	}

	/**
	 * State how far the chain has come.
	 */
	void state(Statement.Kind kind, Instant now) {
		Statement statement = Statement.sign(kind, this.ledger, this.chain, this.state.statements + 1,
				this.state.next - 1, this.state.mac, this.state.events, this.state.digestNow(), now, this.keys);
		add((kind == Statement.Kind.END) ? RecordKind.END : RecordKind.CHECKPOINT, statement.text());
		this.statements.add(statement);
	}

	byte[] bytes() {
		return this.lines.bytes();
	}

	int length() {
		return this.lines.size();
	}

	/**
	 * Return the records one by one, without the ends of lines.
	 */
	List<String> records() {
		return this.lines.toString(StandardCharsets.UTF_8).lines().toList();
	}

	/**
	 * Return the statements among the records.
	 */
	List<Statement> statements() {
		return List.copyOf(this.statements);
	}

	/**
	 * Go on from where the chain has come to in spite of what was thought.
	 */
	void adopt(ChainState state) {
		this.kept = state;
		this.state = state;
	}

	/**
	 * The records have been kept.
	 * @return the statements among them
	 */
	List<Statement> keep() {
		this.kept = this.state;
		return statements();
	}

	/**
	 * The records have not been kept.
	 */
	void forget() {
		this.state = this.kept;
	}

	private void head(RecordKind kind) {
		this.line.setLength(0);
		this.line.append(LedgerLine.CHAIN)
			.append(this.chain)
			.append(LedgerLine.SEQ)
			.append(this.state.next)
			.append(LedgerLine.TIME)
			.append(this.time)
			.append(LedgerLine.KIND)
			.append(kind.text())
			.append(LedgerLine.DATA);
	}

	private void end(RecordKind kind) {
		byte[] covered = this.line.toString().getBytes(StandardCharsets.UTF_8);
		String code = code(this.mac, this.state.mac, covered, 0, covered.length);
		int from = this.lines.size();
		this.lines.writeBytes(covered);
		this.lines.writeBytes((LedgerLine.MAC + code + "\"}").getBytes(StandardCharsets.ISO_8859_1));
		this.state.count(kind, this.lines.bytes(), from, this.lines.size(), code);
		this.lines.write('\n');
	}

	/**
	 * Return the code of a record.
	 */
	static String code(Mac mac, String previous, byte[] bytes, int from, int to) {
		mac.update(previous.getBytes(StandardCharsets.ISO_8859_1));
		mac.update(bytes, from, to - from);
		return HexFormat.of().formatHex(mac.doFinal());
	}

	/**
	 * The bytes of records, without a copy of them.
	 */
	private static final class Lines extends ByteArrayOutputStream {

		Lines() {
			super(USUAL_SIZE);
		}

		byte[] bytes() {
			return this.buf;
		}

		int capacity() {
			return this.buf.length;
		}

	}

}
