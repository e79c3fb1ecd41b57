// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.mcpremote.call.Caller;
import io.mcpremote.call.EventSink;
import io.mcpremote.call.EventSource;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Counts the streams that clients listen to, and keeps them alive.
 */
final class OpenStreams {

	private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

	private final Map<String, Integer> perCaller = new ConcurrentHashMap<>();

	private final AtomicInteger total = new AtomicInteger();

	private final int max;

	private final int maxPerCaller;

	OpenStreams(int max, int maxPerCaller) {
		this.max = max;
		this.maxPerCaller = maxPerCaller;
	}

	/**
	 * Take a place for a stream.
	 * @return whether there was one; if so it must be given back
	 */
	boolean acquire(Caller caller) {
		if (this.total.incrementAndGet() > this.max) {
			this.total.decrementAndGet();
			return false;
		}
		int own = this.perCaller.merge(caller.ownerKey(), 1, Integer::sum);
		if (own > this.maxPerCaller) {
			release(caller);
			return false;
		}
		return true;
	}

	void release(Caller caller) {
		this.perCaller.computeIfPresent(caller.ownerKey(), (key, count) -> (count > 1) ? count - 1 : null);
		this.total.decrementAndGet();
	}

	/**
	 * Turn a response into a stream and have it fed.
	 */
	void open(HttpServletRequest request, HttpServletResponse response, EventSource source) throws IOException {
		EventStream stream;
		try {
			stream = EventStream.start(request, response);
		}
		catch (IOException | IllegalStateException ex) {
			// Whoever holds a place for the stream has to give it back
			source.open(EventSink.ENDED);
			throw ex;
		}
		this.streams.add(stream);
		stream.onEnd(() -> this.streams.remove(stream));
		source.open(stream);
	}

	void heartbeat() {
		this.streams.forEach(EventStream::heartbeat);
	}

	int size() {
		return this.total.get();
	}

}
