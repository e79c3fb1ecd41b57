// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.concurrent.CompletableFuture;

/**
 * The times during which a call waits for a person, who may be asked several things at
 * once.
 */
final class CallWaits {

	private Runnable begins = () -> {
	};

	private Runnable ends = () -> {
	};

	private int open;

	/**
	 * Do something more when the call begins to wait and when it goes on.
	 */
	synchronized void add(Runnable begin, Runnable end) {
		Runnable first = this.begins;
		this.begins = () -> {
			first.run();
			begin.run();
		};
		Runnable last = this.ends;
		this.ends = () -> {
			end.run();
			last.run();
		};
	}

	/**
	 * Wait for an answer, unless it is there already.
	 */
	<T> CompletableFuture<T> during(CompletableFuture<T> answer) {
		if (answer.isDone()) {
			return answer;
		}
		begin();
		return answer.whenComplete((result, ex) -> end());
	}

	/**
	 * Wait for nothing any more. Whoever stops waiting does not stop the person.
	 */
	synchronized void over() {
		if (this.open > 0) {
			this.open = 0;
			this.ends.run();
		}
	}

	private synchronized void begin() {
		if (++this.open == 1) {
			this.begins.run();
		}
	}

	private synchronized void end() {
		if (this.open > 0 && --this.open == 0) {
			this.ends.run();
		}
	}

}
