// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

	/**
	 * For sinks to close if others have used up the time, or one that hangs would cost
	 * the others their orderly end.
	 */
	private static final Duration CLOSING = Duration.ofSeconds(1);

	private final AtomicLong lost = new AtomicLong();

	private final AuditIntake intake;

	private final List<AuditSink> sinks;

	private final List<SinkQueue> queues;

	// Those for whose sinks calls wait
	private final List<SinkQueue> awaited;

	private final Distributor distributor;

	private final Floods floods;

	private final LossLog log;

	private final boolean blocks;

	private final long maxWaitNanos;

	private final long shutdownNanos;

	private final int durable;

	// What stopping leaves for closing
	private volatile long leftNanos;

	AuditTrail(List<AuditSink> sinks, McpRemoteAuditProperties properties, Clock clock) {
		this.sinks = List.copyOf(sinks);
		this.log = new LossLog(clock);
		this.floods = new Floods(clock, this::summary);
		this.blocks = properties.effectiveOverflow() == Overflow.BLOCK;
		this.maxWaitNanos = properties.maxWait().toNanos();
		this.shutdownNanos = properties.shutdownTimeout().toNanos();
		this.leftNanos = this.shutdownNanos;
		QueueLimit limit = QueueLimit.of(properties);
		this.intake = new AuditIntake(limit, this::backlog);
		this.queues = this.sinks.stream()
			.map((sink) -> new SinkQueue(new SinkWriter(sink, this.lost::get, this.log, clock), limit,
					this.intake::roomMade))
			.toList();
		List<SinkQueue> keeping = this.queues.stream().filter((queue) -> queue.writer().isDurable()).toList();
		List<SinkQueue> awaited = (!keeping.isEmpty()) ? keeping : this.queues;
		this.awaited = (this.blocks) ? awaited : List.of();
		this.durable = keeping.size();
		this.distributor = new Distributor(this.intake, this.queues, this.floods, this::lost, this.log);
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
	 * Return how long a call may wait for the record, in nanoseconds, if calls are to
	 * wait for room.
	 */
	long patience() {
		return (this.blocks) ? this.maxWaitNanos : 0;
	}

	/**
	 * Put an event on its way.
	 * @param patience how long to wait for room, in nanoseconds
	 */
	void record(AuditEvent event, long patience) {
		if (!this.intake.add(new QueuedEvent(event), patience)) {
			overflow(1);
		}
	}

	/**
	 * Put an event on its way without waiting.
	 */
	void offer(AuditEvent event) {
		record(event, 0);
	}

	/**
	 * Put an event on its way that is to be on record before something happens.
	 * @param patience how long to wait for room, in nanoseconds
	 * @return becomes known when it is, {@code null} if it will not be
	 */
	@Nullable PendingIntent intent(AuditEvent event, long patience) {
		PendingIntent intent = new PendingIntent(event, this.durable);
		if (this.durable == 0 || !this.intake.add(intent, patience)) {
			overflow(1);
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
		if (!this.intake.add(new QueuedEvent(event), 0)) {
			overflow(Long.parseLong(event.details().getOrDefault("count", "1")));
		}
	}

	private long backlog() {
		long most = 0;
		for (int i = 0; i < this.awaited.size(); i++) {
			most = QueueLoad.max(most, this.awaited.get(i).backlog());
		}
		return most;
	}

	private void overflow(long count) {
		lost(count);
		String why = (this.intake.isClosed()) ? "the application has shut down"
				: "as much waits as mcp.remote.audit.queue-size and queue-memory allow";
		this.log.warn("Audit events are lost, " + this.lost.get() + " so far: " + why, null);
	}

	@Override
	public synchronized void start() {
		if (!isRunning()) {
			this.queues.forEach(SinkQueue::start);
			this.distributor.start();
		}
	}

	@Override
	public synchronized void stop() {
		if (!isRunning()) {
			return;
		}
		long deadline = System.nanoTime() + this.shutdownNanos;
		this.floods.flush();
		// From here on nothing comes in that nobody would take away
		this.distributor.close(this.shutdownNanos);
		long abandoned = 0;
		this.queues.forEach(SinkQueue::close);
		for (SinkQueue queue : this.queues) {
			abandoned += queue.stop(deadline);
		}
		long left = this.distributor.end();
		lost(left);
		abandoned += left;
		this.leftNanos = deadline - System.nanoTime();
		if (abandoned > 0) {
			logger.error("Audit events are lost, " + abandoned + " of them, since their sinks have not taken them"
					+ " within mcp.remote.audit.shutdown-timeout");
		}
	}

	@Override
	public boolean isRunning() {
		return this.distributor.isRunning();
	}

	@Override
	public int getPhase() {
		// After the web server and the last calls
		return SmartLifecycle.DEFAULT_PHASE - 4096;
	}

	@Override
	public void destroy() {
		stop();
		SinkClosing.close(this.sinks, Math.max(CLOSING.toNanos(), this.leftNanos));
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
