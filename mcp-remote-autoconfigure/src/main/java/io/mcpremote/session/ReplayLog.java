// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.mcpremote.call.EventSink;
import io.mcpremote.session.EventLog.Event;
import org.jspecify.annotations.Nullable;

/**
 * The recent events of one session's streams, bounded in number and size. The oldest give
 * way first.
 *
 * @since 0.1.0
 */
public final class ReplayLog {

	private static final int MAX_STREAMS = 64;

	final ReentrantLock lock = new ReentrantLock();

	private final Deque<Event> recent = new ArrayDeque<>();

	private final Map<String, EventLog> streams = new LinkedHashMap<>();

	private final int maxEvents;

	private final long maxBytes;

	private long bytes;

	private boolean closed;

	/**
	 * Create a log.
	 * @param maxEvents how many events to keep
	 * @param maxBytes how many bytes of events to keep
	 */
	public ReplayLog(int maxEvents, long maxBytes) {
		this.maxEvents = maxEvents;
		this.maxBytes = maxBytes;
	}

	/**
	 * Begin a stream.
	 * @return the stream
	 */
	public EventLog open() {
		this.lock.lock();
		try {
			String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
			EventLog stream = new EventLog(this, id);
			this.streams.values().removeIf(EventLog::isDone);
			if (this.streams.size() >= MAX_STREAMS) {
				forgetOldestEnded();
			}
			if (this.streams.size() < MAX_STREAMS && !this.closed) {
				this.streams.put(id, stream);
				stream.resumable();
			}
			return stream;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Give a stream to a client that comes back for it.
	 * @param lastEventId the id of the last event the client has
	 * @param sink where events go
	 * @param told tells by URI which resources the client may be told of that it has
	 * missed
	 * @return whether the stream is known
	 */
	public boolean resume(String lastEventId, EventSink sink, Predicate<String> told) {
		this.lock.lock();
		try {
			EventLog stream = find(lastEventId);
			if (stream == null) {
				return false;
			}
			stream.attach(sink, number(lastEventId), told);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return whether a client can come back for a stream.
	 * @param lastEventId the id of the last event the client has
	 * @return whether the stream is known
	 */
	public boolean knows(String lastEventId) {
		this.lock.lock();
		try {
			return find(lastEventId) != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End all streams and forget their events.
	 */
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.streams.values().forEach(EventLog::end);
			this.streams.clear();
			this.recent.clear();
			this.bytes = 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	void added(Event event) {
		this.recent.add(event);
		this.bytes += event.message().length;
		// The newest stays, however large: it may be the answer somebody comes back for
		while (this.recent.size() > ((this.closed) ? 0 : 1)
				&& (this.closed || this.recent.size() > this.maxEvents || this.bytes > this.maxBytes)) {
			Event oldest = this.recent.remove();
			this.bytes -= oldest.message().length;
			oldest.stream().drop(oldest);
		}
	}

	private void forgetOldestEnded() {
		for (Iterator<EventLog> all = this.streams.values().iterator(); all.hasNext();) {
			if (all.next().isEnded()) {
				all.remove();
				return;
			}
		}
	}

	private @Nullable EventLog find(String eventId) {
		int separator = eventId.indexOf('_');
		EventLog stream = (separator > 0) ? this.streams.get(eventId.substring(0, separator)) : null;
		long number = number(eventId);
		return (stream != null && stream.canResumeAfter(number)) ? stream : null;
	}

	private static long number(String eventId) {
		try {
			return Long.parseLong(eventId.substring(eventId.indexOf('_') + 1));
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

}
