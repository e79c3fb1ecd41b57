// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.util.Map;
import java.util.TreeMap;

/**
 * A set of numbers. Takes little memory if they follow each other, and never more than
 * there are numbers, however large somebody has made them.
 */
final class Numbers {

	/**
	 * The first and the last of numbers that follow each other.
	 */
	private final TreeMap<Long, Long> runs = new TreeMap<>();

	boolean has(long number) {
		Map.Entry<Long, Long> before = this.runs.floorEntry(number);
		return before != null && before.getValue() >= number;
	}

	void add(long number) {
		if (has(number)) {
			return;
		}
		Map.Entry<Long, Long> before = this.runs.floorEntry(number);
		long from = (before != null && before.getValue() == number - 1) ? before.getKey() : number;
		Long following = this.runs.remove(number + 1);
		this.runs.put(from, (following != null) ? following : number);
	}

	/**
	 * Return the first number that is missing between others.
	 * @return the number, or -1
	 */
	long gap() {
		return (this.runs.size() > 1) ? this.runs.firstEntry().getValue() + 1 : -1;
	}

}
