// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

import io.mcpremote.call.EventSink;
import org.jspecify.annotations.Nullable;

/**
 * One stream of events of a session, which a client can take up again where it lost it.
 * Obtained from {@link ReplayLog}.
 *
 * @since 0.1.0
 */
public final class EventLog {

	private final ReplayLog owner;

	private final String id;

	private final Deque<Event> events = new ArrayDeque<>();

	private long next;

	private boolean ended;

	private boolean resumable;

	private @Nullable EventSink sink;

	EventLog(ReplayLog owner, String id) {
		this.owner = owner;
		this.id = id;
	}

	String id() {
		return this.id;
	}

	/**
	 * Return an event id from which everything on this stream is still to come.
	 * @return the id of an event without content
	 */
	public String primingId() {
		return eventId(0);
	}

	/**
	 * Return an event id from which everything that is added from now on is to come.
	 * @return the id of the last event
	 */
	public String currentId() {
		return eventId(last());
	}

	/**
	 * Add a message, and hand it on if a client has taken the stream up again.
	 * @param message the serialised message
	 * @return the id of the event
	 */
	public String append(byte[] message) {
		return append(message, null);
	}

	/**
	 * Add a message about a resource, and hand it on if a client has taken the stream up
	 * again.
	 * @param message the serialised message
	 * @param uri the URI of the resource, if it is about one
	 * @return the id of the event
	 */
	public String append(byte[] message, @Nullable String uri) {
		this.owner.lock.lock();
		try {
			Event event = new Event(this, ++this.next, message, uri);
			this.events.add(event);
			this.owner.added(event);
			String eventId = eventId(event.number());
			if (this.sink != null && !this.sink.send(eventId, message)) {
				this.sink = null;
			}
			return eventId;
		}
		finally {
			this.owner.lock.unlock();
		}
	}

	/**
	 * End the stream: nothing more will be added.
	 */
	public void end() {
		this.owner.lock.lock();
		try {
			this.ended = true;
			if (this.sink != null) {
				this.sink.complete();
				this.sink = null;
			}
		}
		finally {
			this.owner.lock.unlock();
		}
	}

	/**
	 * Give the stream to a client: first what it has missed, then what is added from now
	 * on. A client that had it before loses it.
	 * @param newSink where events go
	 * @param after the number of the last event the client has
	 * @param told tells by URI which resources the client may be told of that it has
	 * missed
	 */
	void attach(EventSink newSink, long after, Predicate<String> told) {
		this.owner.lock.lock();
		try {
			if (this.sink != null) {
				this.sink.complete();
				this.sink = null;
			}
			for (Event event : this.events) {
				if (event.number() > after && (event.uri() == null || told.test(event.uri()))) {
					newSink.send(eventId(event.number()), event.message());
				}
			}
			if (this.ended) {
				newSink.complete();
			}
			else {
				this.sink = newSink;
				newSink.onEnd(() -> detach(newSink));
			}
		}
		finally {
			this.owner.lock.unlock();
		}
	}

	boolean isAttached() {
		this.owner.lock.lock();
		try {
			return this.sink != null;
		}
		finally {
			this.owner.lock.unlock();
		}
	}

	private void detach(EventSink oldSink) {
		this.owner.lock.lock();
		try {
			if (this.sink == oldSink) {
				this.sink = null;
			}
		}
		finally {
			this.owner.lock.unlock();
		}
	}

	/**
	 * Return whether a client can take this stream up again. A session has only so many
	 * streams that it can.
	 * @return whether the stream is remembered
	 */
	public boolean isResumable() {
		this.owner.lock.lock();
		try {
			return this.resumable;
		}
		finally {
			this.owner.lock.unlock();
		}
	}

	void resumable() {
		this.resumable = true;
	}

	/**
	 * Return whether there is any sense in taking the stream up after an event. It does
	 * no harm if some of what was missed is gone, unless all of it is and nothing more
	 * will come.
	 */
	boolean canResumeAfter(long number) {
		boolean nothing = this.ended && this.events.isEmpty() && number < this.next;
		return number >= 0 && number <= this.next && !nothing;
	}

	void drop(Event event) {
		this.events.remove(event);
	}

	boolean isEnded() {
		return this.ended;
	}

	boolean isDone() {
		return this.ended && this.events.isEmpty();
	}

	long last() {
		this.owner.lock.lock();
		try {
			return this.next;
		}
		finally {
			this.owner.lock.unlock();
		}
	}

	private String eventId(long number) {
		return this.id + "_" + number;
	}

	record Event(EventLog stream, long number, byte[] message, @Nullable String uri) {

	}

}
