// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Gives a sink a batch once more that it has not taken, in parts, since it may be a
 * single event that it cannot take. Ends when it looks as if it was the sink.
 */
final class BatchRetry {

	/**
	 * So many halves one after another come before a single event of a batch.
	 */
	private static final int MAX_FAILURES = 10;

	/**
	 * How many single events show whether a sink takes anything at all that says itself
	 * that it does not: one that is down may let everybody wait each time.
	 */
	private static final int PROBES = 2;

	private final AuditSink sink;

	private final Consumer<List<QueuedEvent>> kept;

	private final BiConsumer<List<QueuedEvent>, Throwable> lost;

	private int failures;

	/**
	 * Create a retry.
	 * @param kept is told of events that the sink has taken
	 * @param lost is told of those that it has not, and why
	 */
	BatchRetry(AuditSink sink, Consumer<List<QueuedEvent>> kept, BiConsumer<List<QueuedEvent>, Throwable> lost) {
		this.sink = sink;
		this.kept = kept;
		this.lost = lost;
	}

	/**
	 * Try again.
	 * @param events the events of the batch
	 * @param ex what the sink has thrown
	 */
	void run(List<QueuedEvent> events, Throwable ex) {
		if (events.size() < 2) {
			this.lost.accept(events, ex);
		}
		else if (ex instanceof AuditException) {
			probe(events);
		}
		else {
			halves(events);
		}
	}

	private void probe(List<QueuedEvent> events) {
		for (int i = 0; i < PROBES; i++) {
			List<QueuedEvent> rest = events.subList(i + 1, events.size());
			Throwable failure = append(events.subList(i, i + 1));
			if (failure == null) {
				part(rest);
				return;
			}
			boolean last = i + 1 == PROBES;
			this.lost.accept((last) ? events.subList(i, events.size()) : events.subList(i, i + 1), failure);
		}
	}

	private void halves(List<QueuedEvent> events) {
		int middle = events.size() / 2;
		part(events.subList(0, middle));
		part(events.subList(middle, events.size()));
	}

	private void part(List<QueuedEvent> events) {
		if (events.isEmpty()) {
			return;
		}
		Throwable failure = append(events);
		if (failure == null) {
			this.failures = 0;
		}
		else if (++this.failures > MAX_FAILURES || events.size() == 1) {
			this.lost.accept(events, failure);
		}
		else {
			halves(events);
		}
	}

	/**
	 * Give the sink some events.
	 * @return what it has thrown, if anything
	 */
	private @Nullable Throwable append(List<QueuedEvent> events) {
		try {
			this.sink.append(events.stream().map(QueuedEvent::event).toList());
		}
		catch (Throwable ex) {
			return ex;
		}
		this.kept.accept(events);
		return null;
	}

}
