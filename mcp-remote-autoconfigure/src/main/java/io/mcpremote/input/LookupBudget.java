// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Bounds how often the arguments of one call make somebody wait for a disk, a name server
 * or a database. Validation goes on to the last element of a list, whatever it has found,
 * and a list may have tens of thousands.
 */
final class LookupBudget {

	static final int MAX_LOOKUPS = 100;

	static final String SPENT = "no more than " + MAX_LOOKUPS + " paths, URLs and identifiers are looked up for one"
			+ " call";

	/**
	 * Validation is handed no context that is the same for all arguments, and stays on
	 * its thread.
	 */
	private final ThreadLocal<int[]> left = new ThreadLocal<>();

	/**
	 * Validate the arguments of a call.
	 */
	<T> T during(Supplier<T> validation) {
		int @Nullable [] before = this.left.get();
		this.left.set(new int[] { MAX_LOOKUPS });
		try {
			return validation.get();
		}
		finally {
			if (before != null) {
				this.left.set(before);
			}
			else {
				this.left.remove();
			}
		}
	}

	/**
	 * Take one look-up.
	 * @return whether there was one left; always outside of calls
	 * @throws CancellationException if nobody waits for the result any more
	 */
	boolean take() {
		if (Thread.currentThread().isInterrupted()) {
			throw new CancellationException("Interrupted while arguments were looked up");
		}
		int @Nullable [] left = this.left.get();
		return left == null || left[0]-- > 0;
	}

}
