// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.mcpremote.call.Caller;
import io.mcpremote.call.EventSink;
import io.mcpremote.call.EventSource;
import io.mcpremote.call.ServerCount;
import io.mcpremote.wire.CallerResolver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Counts the streams that clients listen to, and keeps them alive for as long as their
 * callers are welcome.
 */
final class OpenStreams implements ServerCount {

	private final Map<EventStream, BooleanSupplier> streams = new ConcurrentHashMap<>();

	private final Map<String, Integer> perCaller = new ConcurrentHashMap<>();

	private final AtomicInteger total = new AtomicInteger();

	private final int max;

	private final int maxPerCaller;

	private final CallerResolver callers;

	OpenStreams(int max, int maxPerCaller, CallerResolver callers) {
		this.callers = callers;
		this.max = max;
		this.maxPerCaller = maxPerCaller;
	}

	/**
	 * Take a place for a stream.
	 * @return whether there was one; if so it must be given back
	 */
	boolean acquire(Caller caller) {
		// Nobody who is refused takes a place, not even for a moment: others would be
		// refused for it
		AtomicBoolean taken = new AtomicBoolean();
		this.perCaller.compute(caller.usageKey(), (key, count) -> {
			int own = (count != null) ? count : 0;
			taken.set(own < this.maxPerCaller && takeOfAll());
			return (taken.get()) ? Integer.valueOf(own + 1) : count;
		});
		return taken.get();
	}

	void release(Caller caller) {
		this.perCaller.computeIfPresent(caller.usageKey(), (key, count) -> (count > 1) ? count - 1 : null);
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
		this.streams.put(stream, this.callers.standing(request));
		stream.onEnd(() -> this.streams.remove(stream));
		source.open(stream);
	}

	void heartbeat() {
		this.streams.keySet().forEach(EventStream::heartbeat);
	}

	/**
	 * End the streams of callers who would not be let in any more.
	 */
	void endUnwelcome() {
		this.streams.forEach((stream, welcome) -> {
			if (!welcome.getAsBoolean()) {
				stream.complete();
			}
		});
	}

	int size() {
		return this.total.get();
	}

	@Override
	public String meter() {
		return "mcp.server.streams.open";
	}

	@Override
	public String description() {
		return "Streams that clients listen to";
	}

	@Override
	public long count() {
		return size();
	}

	private boolean takeOfAll() {
		int before = this.total.getAndUpdate((all) -> Math.min(all + 1, this.max));
		return before < this.max;
	}

}
