// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.mcpremote.notify.NotificationHub;
import io.mcpremote.session.Sessions;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Does what has to be done from time to time, and closes all streams before the web
 * server waits for them to end.
 */
final class TransportLifecycle implements SmartLifecycle {

	/**
	 * Stopped before the web server, which stops at {@code DEFAULT_PHASE - 1024}.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private static final Log logger = LogFactory.getLog(TransportLifecycle.class);

	private static final Duration CALLS_INTERVAL = Duration.ofMillis(200);

	private final CallsInFlight calls;

	private final OpenStreams streams;

	private final Sessions sessions;

	private final NotificationHub hub;

	private final Duration keepAlive;

	private @Nullable ScheduledExecutorService scheduler;

	TransportLifecycle(CallsInFlight calls, OpenStreams streams, Sessions sessions, NotificationHub hub,
			Duration keepAlive) {
		this.calls = calls;
		this.streams = streams;
		this.sessions = sessions;
		this.hub = hub;
		this.keepAlive = keepAlive;
	}

	@Override
	public synchronized void start() {
		if (this.scheduler != null) {
			return;
		}
		ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "mcp-remote-clock");
			thread.setDaemon(true);
			return thread;
		});
		every(started, CALLS_INTERVAL, this.calls::sweep);
		every(started, this.keepAlive, this.streams::heartbeat);
		every(started, this.sessions.sweepInterval(), this.sessions::sweep);
		this.scheduler = started;
	}

	@Override
	public synchronized void stop() {
		if (this.scheduler != null) {
			this.scheduler.shutdownNow();
			this.scheduler = null;
			this.hub.close();
			this.sessions.close();
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.scheduler != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	private static void every(ScheduledExecutorService scheduler, Duration interval, Runnable task) {
		long millis = Math.max(1, interval.toMillis());
		scheduler.scheduleWithFixedDelay(() -> {
			try {
				task.run();
			}
			catch (RuntimeException ex) {
				logger.error("A periodic task failed and will be run again", ex);
			}
		}, millis, millis, TimeUnit.MILLISECONDS);
	}

}
