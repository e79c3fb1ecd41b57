// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Runs the same work on several threads at once.
 */
public final class Concurrently {

	private Concurrently() {
	}

	/**
	 * Run the work, all threads beginning together, and wait until all are done. Fails if
	 * one of them fails.
	 * @param threads how many threads
	 * @param work what each does, given its number
	 */
	public static void run(int threads, IntConsumer work) {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			CyclicBarrier start = new CyclicBarrier(threads);
			List<Future<?>> running = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				int number = i;
				running.add(executor.submit(() -> {
					start.await(10, TimeUnit.SECONDS);
					work.accept(number);
					return null;
				}));
			}
			for (Future<?> each : running) {
				each.get(60, TimeUnit.SECONDS);
			}
		}
		catch (Exception ex) {
			throw new AssertionError("The work failed on a thread", ex);
		}
		finally {
			executor.shutdownNow();
		}
	}

}
