// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Closes sinks at the same time, each on a thread of its own. What hangs, such as a
 * database that is gone, keeps neither the others nor the application from coming to
 * their end.
 */
final class SinkClosing {

	private static final Log logger = LogFactory.getLog(SinkClosing.class);

	private SinkClosing() {
	}

	/**
	 * Close sinks.
	 * @param patience how long all of them together may take, in nanoseconds
	 */
	static void close(List<AuditSink> sinks, long patience) {
		long deadline = System.nanoTime() + patience;
		List<Thread> closing = new ArrayList<>();
		for (AuditSink sink : sinks) {
			Thread thread = new Thread(() -> close(sink), "mcp-remote-audit-close-" + sink.name());
			thread.setDaemon(true);
			thread.start();
			closing.add(thread);
		}
		for (int i = 0; i < closing.size(); i++) {
			if (!ends(closing.get(i), deadline)) {
				logger.warn("The audit sink '" + sinks.get(i).name()
						+ "' has not closed within mcp.remote.audit.shutdown-timeout and is left as it is, as after a crash");
			}
		}
	}

	private static boolean ends(Thread thread, long deadline) {
		try {
			TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
		}
		catch (InterruptedException ex) {
			// Whoever shuts down is in a hurry
			Thread.currentThread().interrupt();
		}
		return !thread.isAlive();
	}

	private static void close(AuditSink sink) {
		try {
			sink.close();
		}
		catch (Throwable ex) {
			logger.warn("The audit sink '" + sink.name() + "' could not be closed", ex);
		}
	}

}
