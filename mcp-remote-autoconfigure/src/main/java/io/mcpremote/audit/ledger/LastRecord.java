// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The last record of a section.
 *
 * @param line the record
 * @param previous the one before
 * @param bytes where the record is
 * @param from where it begins there
 */
record LastRecord(LedgerLine line, @Nullable LedgerLine previous, byte[] bytes, int from) {

	/**
	 * Return whether the record is what was written after the one before, and after the
	 * first of its section: somebody may have put there what ended an older one.
	 */
	boolean isGenuine(@Nullable LedgerLine first, LedgerKey key) {
		return this.previous != null && first != null && first.chain().equals(this.line.chain())
				&& first.seq() <= this.line.seq()
				&& ChainWriter.code(key.forRecords(), this.previous.mac(), this.bytes, this.from, this.line.covered())
					.equals(this.line.mac());
	}

	boolean isBefore(Instant time) {
		Instant written = this.line.written();
		// If it tells none it is not genuine either, which is said when it should be
		// deleted
		return written == null || written.isBefore(time);
	}

	/**
	 * Return what is to be said when everything up to this record is deleted.
	 */
	Statement anchor(String ledger, Instant now, LedgerKeys keys) {
		Statement closing = Statement.parse(this.line.data().text());
		return Statement.sign(Statement.Kind.ANCHOR, ledger, this.line.chain(), 0, this.line.seq(), this.line.mac(),
				(closing != null) ? closing.events() : 0, ChainState.NONE, now, keys);
	}

}
