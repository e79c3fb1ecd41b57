// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What waits for one sink, and the thread that brings it there. A sink that fails or
 * hangs keeps neither calls nor other sinks from going on.
 */
final class SinkQueue implements Runnable {

	static final int MAX_BATCH = 512;

	private static final Duration IDLE = Duration.ofMillis(250);

	/**
	 * How long a sink may make no progress before nobody waits for it any longer.
	 */
	private static final Duration STUCK = Duration.ofSeconds(10);

	private final SinkWriter writer;

	private final BlockingQueue<QueuedEvent> waiting;

	// With those that are being appended
	private final QueueLoad load = new QueueLoad();

	private final QueueLimit limit;

	private final Runnable roomMade;

	private volatile long lastProgress;

	private volatile boolean closing;

	private volatile @Nullable Thread thread;

	/**
	 * Create a queue.
	 * @param limit what may wait
	 * @param roomMade is run whenever less is waiting
	 */
	SinkQueue(SinkWriter writer, QueueLimit limit, Runnable roomMade) {
		this.writer = writer;
		this.limit = limit;
		this.roomMade = roomMade;
		this.waiting = new ArrayBlockingQueue<>(limit.events());
	}

	SinkWriter writer() {
		return this.writer;
	}

	int size() {
		return this.load.events();
	}

	/**
	 * Return what waits, nothing if nobody is to wait for the sink any longer.
	 */
	long backlog() {
		long waits = this.load.get();
		return (waits > 0 && System.nanoTime() - this.lastProgress > STUCK.toNanos()) ? 0 : waits;
	}

	/**
	 * Add an event. Never waits itself, since other sinks would wait as well.
	 */
	void put(QueuedEvent event) {
		if (this.load.get() == 0) {
			this.lastProgress = System.nanoTime();
		}
		long queued = this.load.add(event.weight());
		if (QueueLoad.bytes(queued) > this.limit.bytes() || !this.waiting.offer(event)) {
			this.load.remove(1, event.weight());
			this.writer.drop(event);
		}
	}

	void start() {
		this.closing = false;
		Thread started = new Thread(this, "mcp-remote-audit-" + this.writer.name());
		started.setDaemon(true);
		this.thread = started;
		started.start();
	}

	/**
	 * Let the thread end when nothing waits any more.
	 */
	void close() {
		this.closing = true;
	}

	/**
	 * Let the sink have what waits for it, and end its thread.
	 * @param deadline when to give up, as nanoseconds of the system's ticker
	 * @return how many events have been given up
	 */
	int stop(long deadline) {
		close();
		Thread stopping = this.thread;
		if (stopping == null) {
			return 0;
		}
		try {
			TimeUnit.NANOSECONDS.timedJoin(stopping, Math.max(1, deadline - System.nanoTime()));
			if (!stopping.isAlive()) {
				return 0;
			}
		}
		catch (InterruptedException ex) {
			// Whoever shuts down is in a hurry
			Thread.currentThread().interrupt();
		}
		// Should it ever come back, it is not to go on
		this.thread = null;
		stopping.interrupt();
		int left = size();
		this.writer.abandon(left);
		return left;
	}

	@Override
	public void run() {
		List<QueuedEvent> batch = new ArrayList<>();
		while (this.thread == Thread.currentThread() && (!this.closing || !this.waiting.isEmpty())) {
			try {
				QueuedEvent first = this.waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
				if (first != null) {
					batch.add(first);
					this.waiting.drainTo(batch, MAX_BATCH - 1);
				}
				if (first != null || this.writer.isReportDue()) {
					this.writer.append(batch);
					this.lastProgress = System.nanoTime();
				}
			}
			catch (InterruptedException ex) {
				// Only a thread that has been given up ends; a sink may leave such a mark
				// behind
			}
			catch (Throwable ex) {
				this.writer.failed(batch.size(), ex);
			}
			finally {
				done(batch);
			}
		}
		if (this.thread == Thread.currentThread() && this.writer.isReportDue()) {
			this.writer.append(batch);
		}
	}

	private void done(List<QueuedEvent> batch) {
		if (!batch.isEmpty()) {
			this.load.remove(batch.size(), batch.stream().mapToLong(QueuedEvent::weight).sum());
			batch.clear();
			this.roomMade.run();
		}
	}

}
