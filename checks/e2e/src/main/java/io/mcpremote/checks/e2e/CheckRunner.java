// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.e2e;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs checks one after the other and prints a line for each.
 */
final class CheckRunner {

	/** Far more than any check needs; it is there so that nothing hangs. */
	private static final long PATIENCE_SECONDS = 30;

	private final String client;

	private int failed;

	CheckRunner(String client) {
		this.client = client;
	}

	void check(String claim, Check check) {
		try {
			within(check);
			System.out.println("ok - " + this.client + ": " + claim);
		}
		catch (TimeoutException ex) {
			fail(claim, "not finished after " + PATIENCE_SECONDS + " s");
		}
		catch (ExecutionException ex) {
			fail(claim, String.valueOf(ex.getCause()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			fail(claim, "interrupted");
		}
	}

	int failed() {
		return this.failed;
	}

	private void fail(String claim, String reason) {
		this.failed++;
		System.out.println("not ok - " + this.client + ": " + claim);
		System.out.println(reason.strip().indent(2).stripTrailing());
	}

	private static void within(Check check) throws ExecutionException, InterruptedException, TimeoutException {
		CompletableFuture<Void> finished = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				check.run();
				finished.complete(null);
			}
			catch (Throwable ex) {
				finished.completeExceptionally(ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
		finished.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
	}

	/**
	 * A claim about the server, put to the test.
	 */
	@FunctionalInterface
	interface Check {

		/**
		 * Run the check.
		 * @throws Exception if the claim does not hold
		 */
		void run() throws Exception;

	}

}
