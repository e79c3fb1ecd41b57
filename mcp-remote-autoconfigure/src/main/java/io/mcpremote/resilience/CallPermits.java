// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.util.ArrayList;
import java.util.List;

/**
 * The permits of one call. Gives back each that it holds, and none that it does not,
 * whichever threads take part.
 */
final class CallPermits {

	private final List<Permit> permits = new ArrayList<>(3);

	private int held;

	private boolean ended;

	/**
	 * Take one more permit. Only for the thread of the call, as long as nobody else knows
	 * of its permits.
	 * @return whether there was one left
	 */
	boolean take(Permit permit) {
		if (!permit.take()) {
			return false;
		}
		this.held |= 1 << this.permits.size();
		this.permits.add(permit);
		return true;
	}

	/**
	 * Let others use the permits for a while.
	 */
	synchronized void pause() {
		for (int i = 0; i < this.permits.size(); i++) {
			if ((this.held & 1 << i) != 0) {
				this.held &= ~(1 << i);
				this.permits.get(i).giveBack();
			}
		}
	}

	/**
	 * Take the permits again, or go on without those that are taken: a call that has come
	 * this far is not turned away.
	 */
	synchronized void resume() {
		for (int i = 0; i < this.permits.size(); i++) {
			if (!this.ended && (this.held & 1 << i) == 0 && this.permits.get(i).takeAgain()) {
				this.held |= 1 << i;
			}
		}
	}

	/**
	 * Give back what is held, for good.
	 */
	synchronized void end() {
		this.ended = true;
		pause();
	}

	boolean isEmpty() {
		return this.permits.isEmpty();
	}

}
