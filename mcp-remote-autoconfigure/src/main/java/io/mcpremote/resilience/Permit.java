// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

/**
 * What one call needs in order to run, of which there is a limited number.
 */
interface Permit {

	/**
	 * Take the permit, if there is one left.
	 * @return whether it is taken
	 */
	boolean take();

	/**
	 * Take the permit once more, if that can be done without waiting.
	 * @return whether it is taken
	 */
	default boolean takeAgain() {
		return take();
	}

	/**
	 * Give the permit back, which must have been taken.
	 */
	void giveBack();

}
