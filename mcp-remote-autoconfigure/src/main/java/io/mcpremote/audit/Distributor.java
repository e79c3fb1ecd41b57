// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Takes events from where calls leave them to the queues of all sinks, in a thread of its
 * own.
 */
final class Distributor implements Runnable {

	private final AuditIntake intake;

	private final List<SinkQueue> queues;

	private final Floods floods;

	private final LongConsumer lost;

	private final LossLog log;

	private volatile boolean closing;

	private volatile @Nullable Thread thread;

	/**
	 * Create a distributor.
	 * @param floods are looked at from time to time
	 * @param lost counts events that do not get to any queue
	 */
	Distributor(AuditIntake intake, List<SinkQueue> queues, Floods floods, LongConsumer lost, LossLog log) {
		this.intake = intake;
		this.queues = queues;
		this.floods = floods;
		this.lost = lost;
		this.log = log;
	}

	boolean isRunning() {
		return this.thread != null;
	}

	void start() {
		this.closing = false;
		Thread started = new Thread(this, "mcp-remote-audit");
		started.setDaemon(true);
		this.thread = started;
		this.intake.open(started);
		started.start();
	}

	/**
	 * Let nothing in any more, and hand on what is there.
	 * @param patience how long that may take, in nanoseconds
	 */
	void close(long patience) {
		this.intake.close();
		this.closing = true;
		this.intake.wake();
		Thread stopping = this.thread;
		if (stopping == null) {
			return;
		}
		try {
			TimeUnit.NANOSECONDS.timedJoin(stopping, patience);
		}
		catch (InterruptedException ex) {
			// Whoever shuts down is in a hurry
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * End the thread, if it has not come to its end.
	 * @return how many events have not been handed on
	 */
	int end() {
		this.thread = null;
		return this.intake.clear();
	}

	@Override
	public void run() {
		boolean last = false;
		while (this.thread == Thread.currentThread() && !last) {
			boolean closed = this.closing;
			try {
				boolean empty = !handOn();
				last = closed && empty;
				if (empty && !last) {
					this.intake.rest();
				}
				this.floods.tick();
			}
			catch (Throwable ex) {
				// Without this thread nothing would be on record any more
				this.log.warn("Audit events may be lost on their way to sinks", ex);
			}
		}
	}

	private boolean handOn() {
		QueuedEvent event = this.intake.next();
		if (event == null) {
			return false;
		}
		try {
			for (int i = 0; i < this.queues.size(); i++) {
				this.queues.get(i).put(event);
			}
		}
		catch (Throwable ex) {
			this.lost.accept(1);
			throw ex;
		}
		finally {
			this.intake.taken(event);
		}
		return true;
	}

}
