// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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

	private final BlockingQueue<Object> waiting;

	// With those that are being appended
	private final AtomicInteger pending = new AtomicInteger();

	private volatile long lastProgress;

	private volatile boolean closing;

	private volatile @Nullable Thread thread;

	SinkQueue(SinkWriter writer, int capacity) {
		this.writer = writer;
		this.waiting = new ArrayBlockingQueue<>(capacity);
	}

	SinkWriter writer() {
		return this.writer;
	}

	int size() {
		return this.pending.get();
	}

	/**
	 * Return how many events wait, none if nobody is to wait for the sink any longer.
	 */
	int backlog() {
		int size = size();
		return (size > 0 && System.nanoTime() - this.lastProgress > STUCK.toNanos()) ? 0 : size;
	}

	/**
	 * Add an event, or one for which a call waits. Never waits itself, since other sinks
	 * would wait as well.
	 */
	void put(Object item) {
		if (this.pending.get() == 0) {
			this.lastProgress = System.nanoTime();
		}
		this.pending.incrementAndGet();
		if (!this.waiting.offer(item)) {
			this.pending.decrementAndGet();
			this.writer.drop(item);
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
		List<Object> batch = new ArrayList<>();
		while (this.thread == Thread.currentThread() && (!this.closing || !this.waiting.isEmpty())) {
			try {
				Object first = this.waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
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
				this.pending.addAndGet(-batch.size());
				batch.clear();
			}
		}
		if (this.thread == Thread.currentThread() && this.writer.isReportDue()) {
			this.writer.append(batch);
		}
	}

}
