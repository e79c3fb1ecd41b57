// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Client;
import io.mcpremote.audit.AuditEvent.Type;
import org.jspecify.annotations.Nullable;

/**
 * Appends events to one sink, keeps count of those that are lost, and has the sink know
 * of them as soon as it can be told.
 */
final class SinkWriter {

	/**
	 * How long to leave a sink alone that has failed, unless there are events for it.
	 */
	private static final Duration RETRY = Duration.ofSeconds(10);

	private final AtomicLong lost = new AtomicLong();

	private final AuditSink sink;

	private final String name;

	private final boolean durable;

	private final LongSupplier common;

	private final LossLog log;

	private final Clock clock;

	// Touched by the thread of the sink only
	private long reported;

	private long commonReported;

	private @Nullable Instant nextReport;

	/**
	 * Create a writer.
	 * @param common tells how many events have been lost on the way to all sinks
	 */
	SinkWriter(AuditSink sink, LongSupplier common, LossLog log, Clock clock) {
		this.sink = sink;
		this.name = sink.name();
		this.durable = sink.isDurable();
		this.common = common;
		this.log = log;
		this.clock = clock;
	}

	String name() {
		return this.name;
	}

	boolean isDurable() {
		return this.durable;
	}

	long lost() {
		return this.lost.get();
	}

	/**
	 * Append events, and what is to be told of those that are lost.
	 */
	void append(List<QueuedEvent> items) {
		long losses = this.lost.get();
		long commonLosses = this.common.getAsLong();
		List<AuditEvent> events = new ArrayList<>(items.size() + 2);
		if (commonLosses > this.commonReported) {
			events.add(loss(commonLosses - this.commonReported, "queue"));
		}
		if (losses > this.reported) {
			events.add(loss(losses - this.reported, this.name));
		}
		items.forEach((item) -> events.add(item.event()));
		try {
			this.sink.append(Collections.unmodifiableList(events));
		}
		catch (Throwable ex) {
			// Whatever it is, calls and other sinks have nothing to do with it
			this.nextReport = this.clock.instant().plus(RETRY);
			new BatchRetry(this.sink, this::kept, this::fail).run(items, ex);
			return;
		}
		this.reported = losses;
		this.commonReported = commonLosses;
		kept(items);
	}

	private void kept(List<QueuedEvent> items) {
		items.forEach((item) -> decide(item, true));
	}

	private void fail(List<QueuedEvent> items, Throwable ex) {
		items.forEach((item) -> decide(item, false));
		lose(items.size(), "has failed", ex);
	}

	/**
	 * Count events of which something else than the sink was in the way.
	 */
	void failed(int count, Throwable ex) {
		lose(count, "could not be given them", ex);
	}

	/**
	 * Return whether the sink is to be told of losses although there is nothing else for
	 * it.
	 */
	boolean isReportDue() {
		if (this.lost.get() == this.reported && this.common.getAsLong() == this.commonReported) {
			return false;
		}
		Instant due = this.nextReport;
		return due == null || !this.clock.instant().isBefore(due);
	}

	/**
	 * Count an event that the sink does not get.
	 */
	void drop(QueuedEvent item) {
		decide(item, false);
		lose(1, "does not keep up, and as much waits for it as mcp.remote.audit.queue-size and queue-memory allow",
				null);
	}

	/**
	 * Count events that are given up with the sink itself.
	 */
	void abandon(int count) {
		this.lost.addAndGet(count);
	}

	private void lose(int count, String why, @Nullable Throwable cause) {
		if (count > 0) {
			long all = this.lost.addAndGet(count);
			this.log.warn("Audit events are lost, " + all + " so far: the sink '" + this.name + "' " + why, cause);
		}
	}

	private void decide(QueuedEvent item, boolean kept) {
		if (this.durable) {
			item.decided(kept);
		}
	}

	private AuditEvent loss(long count, String where) {
		return new AuditEvent(UUID.randomUUID().toString(), this.clock.instant(), Type.LOSS, Actor.NONE, Client.UNKNOWN,
				null, null, Map.of("count", Long.toString(count), "where", where));
	}

}
