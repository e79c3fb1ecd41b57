// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Lets a ledger do now and then what is due without events.
 */
final class LedgerTimer implements AutoCloseable {

	private final Log log = LogFactory.getLog(LedgerTimer.class);

	private final ScheduledThreadPoolExecutor executor;

	/**
	 * Create a timer.
	 * @param name what it is for
	 * @param tick what is due after each interval
	 * @param flush what is due at once, but must not keep others waiting
	 * @param interval the interval
	 */
	LedgerTimer(String name, Runnable tick, Runnable flush, Duration interval) {
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "mcp-remote-audit-" + name);
			thread.setDaemon(true);
			return thread;
		});
		this.executor.scheduleWithFixedDelay(() -> run(tick), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
		this.executor.scheduleWithFixedDelay(() -> run(flush), 1, 1, TimeUnit.SECONDS);
	}

	private void run(Runnable tick) {
		try {
			tick.run();
		}
		catch (Throwable ex) {
			// Thrown on, it would be the last time
			this.log.warn("The audit ledger could not do what was due", ex);
		}
	}

	/**
	 * Wait for what has begun, since it may be in the middle of the ledger.
	 */
	@Override
	public void close() {
		this.executor.shutdown();
		try {
			if (!this.executor.awaitTermination(10, TimeUnit.SECONDS)) {
				this.log.warn("The audit ledger is still deleting what is too old");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
