// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.mcpremote.call.AccessRevoked;
import io.mcpremote.session.Sessions;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.SmartLifecycle;

/**
 * Does what has to be done from time to time, from before the web server starts until
 * after it has stopped.
 */
final class TransportLifecycle
		implements SmartLifecycle, ApplicationListener<PayloadApplicationEvent<? extends AccessRevoked>>, Traffic {

	private static final Log logger = LogFactory.getLog(TransportLifecycle.class);

	private static final Duration DEADLINES_INTERVAL = Duration.ofMillis(10);

	private static final Duration CALLS_INTERVAL = Duration.ofMillis(200);

	private static final Duration STANDING_INTERVAL = Duration.ofSeconds(1);

	private static final int MAX_BEATING = 64;

	private final CallsInFlight calls;

	private final OpenStreams streams;

	private final @Nullable Sessions sessions;

	private final Duration keepAlive;

	private List<ExecutorService> running = List.of();

	TransportLifecycle(CallsInFlight calls, OpenStreams streams, @Nullable Sessions sessions, Duration keepAlive) {
		this.calls = calls;
		this.streams = streams;
		this.sessions = sessions;
		this.keepAlive = keepAlive;
	}

	@Override
	public synchronized void start() {
		if (!this.running.isEmpty()) {
			return;
		}
		ExecutorService beating = writers("mcp-remote-heartbeat", MAX_BEATING);
		// Not more than there are calls, and no client may keep others from being
		// answered
		ExecutorService expiring = writers("mcp-remote-deadline", Integer.MAX_VALUE);
		ScheduledExecutorService started = clock("mcp-remote-clock");
		// On a thread of its own: the others may wait for a store
		ScheduledExecutorService watching = clock("mcp-remote-deadlines");
		every(watching, DEADLINES_INTERVAL, () -> this.calls.expire(expiring));
		every(started, CALLS_INTERVAL, () -> this.calls.sweep(beating));
		every(started, this.keepAlive, this.streams::heartbeat);
		every(started, STANDING_INTERVAL, this.streams::endUnwelcome);
		if (this.sessions != null) {
			every(started, this.sessions.sweepInterval(), this.sessions::sweep);
		}
		this.running = List.of(watching, started, beating, expiring);
	}

	@Override
	public synchronized void stop() {
		if (!this.running.isEmpty()) {
			this.running.forEach(ExecutorService::shutdownNow);
			this.running = List.of();
			if (this.sessions != null) {
				this.sessions.close();
			}
		}
	}

	/**
	 * End at once what a revocation takes the ground from.
	 */
	@Override
	public void onApplicationEvent(PayloadApplicationEvent<? extends AccessRevoked> event) {
		if (this.sessions != null) {
			endSessions(event.getPayload(), this.sessions);
		}
		this.streams.endUnwelcome();
	}

	private static void endSessions(AccessRevoked revoked, Sessions sessions) {
		if (revoked instanceof AccessRevoked.Callers callers) {
			sessions.endAll(callers::own);
		}
		else if (revoked instanceof AccessRevoked.Session session) {
			sessions.end(session.id());
		}
	}

	@Override
	public int calls() {
		return this.calls.size();
	}

	@Override
	public int streams() {
		return this.streams.size();
	}

	@Override
	public synchronized boolean isRunning() {
		return !this.running.isEmpty();
	}

	@Override
	public int getPhase() {
		// The web server stops at DEFAULT_PHASE - 2048
		return SmartLifecycle.DEFAULT_PHASE - 3072;
	}

	/**
	 * What finds no thread is left out, and done the next time.
	 */
	private static ExecutorService writers(String name, int most) {
		return new ThreadPoolExecutor(0, most, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), threads(name),
				new ThreadPoolExecutor.DiscardPolicy());
	}

	private static ScheduledExecutorService clock(String name) {
		return Executors.newSingleThreadScheduledExecutor(threads(name));
	}

	private static ThreadFactory threads(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
	}

	private static void every(ScheduledExecutorService clock, Duration interval, Runnable task) {
		long millis = Math.max(1, interval.toMillis());
		clock.scheduleWithFixedDelay(() -> {
			try {
				task.run();
			}
			catch (Throwable ex) {
				// Thrown on, it would be the last time that the task is run
				logger.error("A periodic task failed and will be run again", ex);
			}
		}, millis, millis, TimeUnit.MILLISECONDS);
	}

}
