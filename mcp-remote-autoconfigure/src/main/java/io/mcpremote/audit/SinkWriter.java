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

	/**
	 * So many halves one after another come before a single event of a batch.
	 */
	private static final int MAX_FAILURES = 10;

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
	 * @param items events, and such for which calls wait
	 * @return whether the sink has taken them
	 */
	boolean append(List<Object> items) {
		long losses = this.lost.get();
		long commonLosses = this.common.getAsLong();
		List<AuditEvent> events = new ArrayList<>(items.size() + 2);
		if (commonLosses > this.commonReported) {
			events.add(loss(commonLosses - this.commonReported, "queue"));
		}
		if (losses > this.reported) {
			events.add(loss(losses - this.reported, this.name));
		}
		items.forEach((item) -> events.add(event(item)));
		try {
			this.sink.append(Collections.unmodifiableList(events));
		}
		catch (Throwable ex) {
			// Whatever it is, calls and other sinks have nothing to do with it
			this.nextReport = this.clock.instant().plus(RETRY);
			if (ex instanceof AuditException || items.size() < 2) {
				fail(items, ex);
			}
			else {
				new Halves().append(items, ex);
			}
			return false;
		}
		this.reported = losses;
		this.commonReported = commonLosses;
		items.forEach((item) -> decide(item, true));
		return true;
	}

	private void fail(List<Object> items, Throwable ex) {
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
	void drop(Object item) {
		decide(item, false);
		lose(1, "does not keep up, and as many events wait for it as mcp.remote.audit.queue-size allows", null);
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

	private void decide(Object item, boolean kept) {
		if (this.durable && item instanceof PendingIntent intent) {
			intent.decided(kept);
		}
	}

	private static AuditEvent event(Object item) {
		return (item instanceof PendingIntent intent) ? intent.event() : (AuditEvent) item;
	}

	private AuditEvent loss(long count, String where) {
		return new AuditEvent(UUID.randomUUID().toString(), this.clock.instant(), Type.LOSS, Actor.NONE, Client.UNKNOWN,
				null, null, Map.of("count", Long.toString(count), "where", where));
	}

	/**
	 * Tries again with half of a batch and half of that, since it may be a single event
	 * that the sink cannot take. Ends when it looks as if it was the sink.
	 */
	private final class Halves {

		private int failures;

		private void append(List<Object> items, Throwable ex) {
			if (items.size() == 1 || this.failures > MAX_FAILURES) {
				fail(items, ex);
				return;
			}
			int middle = items.size() / 2;
			half(items.subList(0, middle));
			half(items.subList(middle, items.size()));
		}

		private void half(List<Object> items) {
			try {
				SinkWriter.this.sink.append(items.stream().map(SinkWriter::event).toList());
			}
			catch (Throwable ex) {
				this.failures++;
				append(items, ex);
				return;
			}
			this.failures = 0;
			items.forEach((item) -> decide(item, true));
		}

	}

}
