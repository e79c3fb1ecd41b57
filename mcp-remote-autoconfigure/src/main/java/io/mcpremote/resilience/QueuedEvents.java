// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.resilience;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes events one after the other, in the order in which they come, on a thread of
 * its own: those who have something to tell owe clients an answer, and cannot wait for
 * listeners.
 */
final class QueuedEvents implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(QueuedEvents.class);

	private static final int MAX_WAITING = 1000;

	private final ApplicationEventPublisher events;

	private final ThreadPoolExecutor executor;

	private final AtomicLong lost = new AtomicLong();

	QueuedEvents(ApplicationEventPublisher events) {
		this.events = events;
		this.executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING),
				QueuedEvents::thread, this::makeRoom);
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Have an event published soon. Never waits.
	 */
	void publish(Object event) {
		this.executor.execute(() -> tell(event));
	}

	private void tell(Object event) {
		try {
			this.events.publishEvent(event);
		}
		catch (RuntimeException | Error ex) {
			logger.warn("A listener failed to hear of " + event.getClass().getSimpleName(), ex);
		}
		if (this.executor.getQueue().isEmpty()) {
			this.lost.set(0);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "mcp-remote-events");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * The oldest one goes, since it is the likeliest to be out of date. Told of when
	 * twice as many are lost as before, as there may be one for each call.
	 */
	private void makeRoom(Runnable task, ThreadPoolExecutor executor) {
		if (!executor.isShutdown()) {
			long all = this.lost.incrementAndGet();
			if (Long.bitCount(all) == 1) {
				logger.warn("A listener takes so long that more than " + MAX_WAITING
						+ " events of abandoned calls and breakers wait for it: " + all
						+ " of them so far will never be published");
			}
			executor.getQueue().poll();
			executor.execute(task);
		}
	}

}
