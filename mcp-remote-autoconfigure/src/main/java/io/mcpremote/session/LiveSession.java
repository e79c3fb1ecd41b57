// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.session;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import io.mcpremote.call.EventSink;
import org.jspecify.annotations.Nullable;

/**
 * The part of a session that lives on this replica: its streams and the requests to the
 * client that wait for an answer.
 *
 * @since 0.1.0
 */
public final class LiveSession {

	private final String id;

	private final String requestPrefix;

	private final ReplayLog replay;

	private final AtomicLong requests = new AtomicLong();

	private final Map<Object, CompletableFuture<Map<String, Object>>> waiting = new ConcurrentHashMap<>();

	private final EventLog standalone;

	private final Map<Class<?>, Object> attachments = new ConcurrentHashMap<>();

	private volatile boolean closed;

	LiveSession(String id, String requestPrefix, ReplayLog replay) {
		this.id = id;
		this.requestPrefix = requestPrefix;
		this.replay = replay;
		this.standalone = replay.open();
	}

	/**
	 * Return the session's id.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Begin a stream that answers one request and that the client can take up again.
	 * @return the stream
	 */
	public EventLog openStream() {
		return this.replay.open();
	}

	/**
	 * Return the stream for everything that belongs to no request.
	 * @return the stream
	 */
	public EventLog standalone() {
		return this.standalone;
	}

	/**
	 * Return whether a client can come back for a stream.
	 * @param lastEventId the id of the last event the client has
	 * @return whether the stream is known
	 */
	public boolean canResume(String lastEventId) {
		return this.replay.knows(lastEventId);
	}

	/**
	 * Return whether an event is one of the standalone stream.
	 * @param eventId the id of the event
	 * @return whether it is
	 */
	public boolean isStandalone(String eventId) {
		return eventId.startsWith(this.standalone.id() + "_");
	}

	/**
	 * Return whether a client listens to the standalone stream.
	 * @return whether anybody listens
	 */
	public boolean isListening() {
		return this.standalone.isAttached();
	}

	/**
	 * Give a client the standalone stream, or the stream it comes back for.
	 * @param lastEventId the id of the last event the client has, if it comes back
	 * @param sink where events go
	 * @param told tells by URI which resources the client may be told of that it has
	 * missed
	 * @return whether there is such a stream
	 */
	public boolean listen(@Nullable String lastEventId, EventSink sink, Predicate<String> told) {
		if (lastEventId != null) {
			return this.replay.resume(lastEventId, sink, told);
		}
		this.standalone.attach(sink, this.standalone.last(), told);
		return true;
	}

	/**
	 * Return an id for a request to the client that no other replica uses.
	 * @return the id
	 */
	public String nextRequestId() {
		return this.requestPrefix + this.requests.incrementAndGet();
	}

	/**
	 * Expect the client's answer to a request.
	 * @param requestId the id of the request
	 * @return completed with the answer, which has a result or an error
	 */
	public CompletableFuture<Map<String, Object>> expect(String requestId) {
		CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
		this.waiting.put(requestId, answer);
		answer.whenComplete((value, ex) -> this.waiting.remove(requestId));
		if (this.closed) {
			answer.cancel(false);
		}
		return answer;
	}

	/**
	 * Take the client's answer to a request.
	 * @param requestId the id of the request
	 * @param answer the answer
	 * @return whether anybody was waiting for it
	 */
	public boolean answer(Object requestId, Map<String, Object> answer) {
		CompletableFuture<Map<String, Object>> expected = this.waiting.remove(requestId);
		return expected != null && expected.complete(answer);
	}

	/**
	 * Keep something as long as this part of the session lives. What is {@link Runnable}
	 * is run in the end, perhaps more than once.
	 * @param <T> its type
	 * @param type its type
	 * @param value the thing to keep
	 * @return what is kept now: the given thing or one that was kept before
	 */
	public <T> T attach(Class<T> type, T value) {
		Object before = this.attachments.putIfAbsent(type, value);
		if (before == null && this.closed) {
			closed(value);
		}
		return (before != null) ? type.cast(before) : value;
	}

	/**
	 * Return something that was kept.
	 * @param <T> its type
	 * @param type its type
	 * @return the thing or {@code null}
	 */
	public <T> @Nullable T attachment(Class<T> type) {
		Object value = this.attachments.get(type);
		return (value != null) ? type.cast(value) : null;
	}

	void close() {
		this.closed = true;
		this.replay.close();
		this.waiting.values().forEach((answer) -> answer.cancel(false));
		this.attachments.values().forEach(LiveSession::closed);
	}

	private static void closed(Object attachment) {
		if (attachment instanceof Runnable onClose) {
			onClose.run();
		}
	}

}
