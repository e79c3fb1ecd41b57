// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what has arrived unasked, for checks to wait for.
 *
 * @param <T> what arrives
 */
final class Mailbox<T> {

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private final List<T> letters = new ArrayList<>();

	synchronized void put(T letter) {
		this.letters.add(letter);
		notifyAll();
	}

	/**
	 * Take everything out, as soon as there are enough letters.
	 * @param count how many are enough
	 */
	synchronized List<T> take(int count) throws InterruptedException {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (this.letters.size() < count) {
			long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
			if (millis <= 0) {
				throw new AssertionError("Not %d but only %s arrived".formatted(count, this.letters));
			}
			wait(millis);
		}
		return take();
	}

	/**
	 * Take out what is there.
	 */
	synchronized List<T> take() {
		List<T> taken = List.copyOf(this.letters);
		this.letters.clear();
		return taken;
	}

}
