// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import javax.crypto.Mac;

import org.jspecify.annotations.Nullable;

/**
 * Holds the codes of records against the records and those before them.
 */
final class LinkCheck {

	private @Nullable Mac mac;

	/**
	 * Whether the code of the record before is known.
	 */
	private boolean linked = true;

	/**
	 * What the code of the record before should have been.
	 */
	private @Nullable String computed;

	void use(LedgerKey key) {
		this.mac = key.forRecords();
	}

	/**
	 * The record before is not there, or is none.
	 */
	void loose() {
		this.linked = false;
	}

	/**
	 * Return whether a record is what was written after the one before. If the code of
	 * that was changed and nothing else, this one is all right.
	 */
	boolean accept(String before, LedgerLine line, byte[] bytes, int from) {
		Mac code = this.mac;
		if (code == null || !this.linked) {
			this.linked = true;
			return true;
		}
		String expected = ChainWriter.code(code, before, bytes, from, line.covered());
		boolean good = expected.equals(line.mac()) || (this.computed != null
				&& ChainWriter.code(code, this.computed, bytes, from, line.covered()).equals(line.mac()));
		this.computed = (good) ? null : expected;
		return good;
	}

}
