// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

/**
 * Something that is wrong with a ledger.
 *
 * @param fault what kind of thing
 * @param where the file or table
 * @param line the line of the file or 0
 * @param chain the chain
 * @param seq the number of the record in the chain, or -1
 * @param message says what was found
 * @since 0.1.0
 */
public record Finding(Fault fault, String where, long line, String chain, long seq, String message) {

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.fault.name()).append(": ").append(this.where);
		if (this.line > 0) {
			text.append(", line ").append(this.line);
		}
		if (!this.chain.isEmpty()) {
			text.append(", chain ").append(this.chain);
		}
		if (this.seq >= 0) {
			text.append(", record ").append(this.seq);
		}
		return plain(text.append(": ").append(this.message).toString());
	}

	/**
	 * Return a text as one line, whatever somebody has put into names.
	 */
	static String plain(String text) {
		return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u0080-\\u009f\\u2028\\u2029]", "?");
	}

}
