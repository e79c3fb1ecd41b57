// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.mcpremote.audit.McpRemoteAuditProperties.Overflow;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/**
 * The way of events from calls to sinks. Calls leave events in one queue, whatever the
 * number of sinks; a thread hands them on to a queue of each sink.
 *
 * @since 0.1.0
 */
public final class AuditTrail implements SmartLifecycle, DisposableBean {

	private static final Log logger = LogFactory.getLog(AuditTrail.class);

	private final AtomicLong lost = new AtomicLong();

	private final AuditIntake intake;

	private final List<AuditSink> sinks;

	private final List<SinkQueue> queues;

	private final Floods floods;

	private final LossLog log;

	private final boolean blocks;

	private final long maxWaitNanos;

	private final long shutdownNanos;

	private final int durable;

	private volatile boolean closing;

	private volatile @Nullable Thread thread;

	AuditTrail(List<AuditSink> sinks, McpRemoteAuditProperties properties, Clock clock) {
		this.sinks = List.copyOf(sinks);
		this.log = new LossLog(clock);
		this.floods = new Floods(clock, this::summary);
		this.blocks = properties.effectiveOverflow() == Overflow.BLOCK;
		this.maxWaitNanos = properties.maxWait().toNanos();
		this.shutdownNanos = properties.shutdownTimeout().toNanos();
		this.queues = this.sinks.stream()
			.map((sink) -> new SinkQueue(new SinkWriter(sink, this.lost::get, this.log, clock), properties.queueSize()))
			.toList();
		List<SinkQueue> keeping = this.queues.stream().filter((queue) -> queue.writer().isDurable()).toList();
		List<SinkQueue> awaited = (!keeping.isEmpty()) ? keeping : this.queues;
		this.intake = new AuditIntake(properties.queueSize(), () -> (this.blocks) ? backlog(awaited) : 0);
		this.durable = keeping.size();
	}

	/**
	 * Return how many events wait, and how many have been lost, on the way to each sink.
	 * @return the state of each sink, and one of the way that they have in common, which
	 * has an empty name
	 */
	public List<State> states() {
		List<State> states = new ArrayList<>();
		states.add(new State("", false, this.intake.size(), this.lost.get()));
		this.queues.forEach((queue) -> states
			.add(new State(queue.writer().name(), queue.writer().isDurable(), queue.size(), queue.writer().lost())));
		return List.copyOf(states);
	}

	/**
	 * Counts what anybody can cause at will.
	 */
	Floods floods() {
		return this.floods;
	}

	/**
	 * Put an event on its way. May wait for room, if calls are to.
	 */
	void record(AuditEvent event) {
		if (!this.intake.add(event, (this.blocks) ? this.maxWaitNanos : 0)) {
			overflow();
		}
	}

	/**
	 * Put an event on its way without waiting.
	 */
	void offer(AuditEvent event) {
		if (!this.intake.add(event)) {
			overflow();
		}
	}

	/**
	 * Put an event on its way that is to be on record before something happens.
	 * @return becomes known when it is, {@code null} if it will not be
	 */
	@Nullable PendingIntent intent(AuditEvent event) {
		PendingIntent intent = new PendingIntent(event, this.durable);
		if (this.durable == 0 || !this.intake.add(intent, this.maxWaitNanos)) {
			overflow();
			return null;
		}
		this.intake.wake();
		return intent;
	}

	/**
	 * Count events that are not on their way.
	 */
	void lost(long count) {
		this.lost.addAndGet(count);
	}

	/**
	 * Put an event on its way that stands for many.
	 */
	private void summary(AuditEvent event) {
		if (!this.intake.add(event)) {
			overflow(Long.parseLong(event.details().getOrDefault("count", "1")));
		}
	}

	private static int backlog(List<SinkQueue> queues) {
		int most = 0;
		for (int i = 0; i < queues.size(); i++) {
			most = Math.max(most, queues.get(i).backlog());
		}
		return most;
	}

	private void overflow() {
		overflow(1);
	}

	private void overflow(long count) {
		lost(count);
		this.log.warn("Audit events are lost, " + this.lost.get() + " so far: " + ((this.intake.isClosed())
				? "the application has shut down" : "as many events wait as mcp.remote.audit.queue-size allows"), null);
	}

	@Override
	public synchronized void start() {
		if (isRunning()) {
			return;
		}
		this.closing = false;
		this.queues.forEach(SinkQueue::start);
		Thread started = new Thread(this::distribute, "mcp-remote-audit");
		started.setDaemon(true);
		this.thread = started;
		this.intake.open(started);
		started.start();
	}

	@Override
	public synchronized void stop() {
		Thread stopping = this.thread;
		if (stopping == null) {
			return;
		}
		long deadline = System.nanoTime() + this.shutdownNanos;
		this.floods.flush();
		// From here on nothing comes in that nobody would take away
		this.intake.close();
		this.closing = true;
		this.intake.wake();
		try {
			TimeUnit.NANOSECONDS.timedJoin(stopping, this.shutdownNanos);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		long abandoned = 0;
		this.queues.forEach(SinkQueue::close);
		for (SinkQueue queue : this.queues) {
			abandoned += queue.stop(deadline);
		}
		this.thread = null;
		long left = this.intake.clear();
		lost(left);
		abandoned += left;
		if (abandoned > 0) {
			logger.error("Audit events are lost, " + abandoned + " of them, since their sinks have not taken them"
					+ " within mcp.remote.audit.shutdown-timeout");
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	@Override
	public int getPhase() {
		// After the web server and the last calls
		return SmartLifecycle.DEFAULT_PHASE - 4096;
	}

	@Override
	public void destroy() {
		stop();
		for (AuditSink sink : this.sinks) {
			try {
				sink.close();
			}
			catch (RuntimeException ex) {
				logger.warn("The audit sink '" + sink.name() + "' could not be closed", ex);
			}
		}
	}

	private void distribute() {
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
		Object item = this.intake.next();
		if (item == null) {
			return false;
		}
		try {
			this.queues.forEach((queue) -> queue.put(item));
		}
		catch (Throwable ex) {
			lost(1);
			throw ex;
		}
		finally {
			this.intake.taken();
		}
		return true;
	}

	/**
	 * How the way to a sink is.
	 *
	 * @param sink the name of the sink
	 * @param durable whether it keeps events for good
	 * @param waiting how many events wait
	 * @param lost how many have been lost
	 */
	public record State(String sink, boolean durable, int waiting, long lost) {

	}

}
