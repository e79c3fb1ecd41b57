// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * The times during which a call waits for a person, who may be asked several things at
 * once.
 */
final class CallWaits {

	private Runnable begins = () -> {
	};

	private Runnable ends = () -> {
	};

	private final LongSupplier ticker;

	private int open;

	private long since;

	private long total;

	/**
	 * Create an instance.
	 * @param ticker counts nanoseconds
	 */
	CallWaits(LongSupplier ticker) {
		this.ticker = ticker;
	}

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
		AtomicBoolean ended = new AtomicBoolean();
		BiConsumer<Object, Throwable> end = (result, ex) -> {
			if (ended.compareAndSet(false, true)) {
				end();
			}
		};
		CompletableFuture<T> waiting = answer.whenComplete(end);
		waiting.whenComplete((result, ex) -> {
			end.accept(result, ex);
			// Whoever does not want the answer any more cancels this one only
			answer.cancel(false);
		});
		return waiting;
	}

	/**
	 * Wait for nothing any more. Whoever stops waiting does not stop the person.
	 */
	synchronized void over() {
		if (this.open > 0) {
			this.open = 1;
			end();
		}
	}

	/**
	 * Return how long that was so far.
	 */
	synchronized Duration total() {
		return Duration.ofNanos((this.open > 0) ? this.total + this.ticker.getAsLong() - this.since : this.total);
	}

	private synchronized void begin() {
		if (++this.open == 1) {
			this.since = this.ticker.getAsLong();
			this.begins.run();
		}
	}

	private synchronized void end() {
		if (this.open > 0 && --this.open == 0) {
			this.total += this.ticker.getAsLong() - this.since;
			this.ends.run();
		}
	}

}
