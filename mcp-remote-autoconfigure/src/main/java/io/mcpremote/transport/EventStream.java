// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.mcpremote.call.EventSink;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events that holds no thread. Nobody who sends ever waits for the client: a
 * client that does not keep up loses its stream.
 *
 * @since 0.1.0
 */
public final class EventStream implements EventSink, WriteListener, AsyncListener {

	private static final Log logger = LogFactory.getLog(EventStream.class);

	private static final int MAX_QUEUED = 256;

	/**
	 * What may be waiting to be sent, if it is more than a few messages.
	 */
	private static final long MAX_QUEUED_BYTES = 2 * 1024 * 1024;

	private static final int FEW = 4;

	private static final long RETRY_MILLIS = 1000;

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<byte[]> queue = new ArrayDeque<>();

	private final List<Runnable> onEnd = new ArrayList<>();

	private final AsyncContext async;

	private final ServletOutputStream out;

	private long queued;

	private boolean unflushed;

	private boolean completing;

	private boolean ended;

	private boolean closing;

	private boolean closed;

	private EventStream(AsyncContext async, ServletOutputStream out) {
		this.async = async;
		this.out = out;
	}

	/**
	 * Turn a response into a stream of events.
	 * @param request the request, which must support asynchronous answers
	 * @param response the response, of which nothing has been sent
	 * @return the stream
	 * @throws IOException if the client has gone
	 */
	public static EventStream start(HttpServletRequest request, HttpServletResponse response) throws IOException {
		AsyncContext async = request.startAsync();
		async.setTimeout(0);
		response.setStatus(200);
		response.setContentType(SseFormat.MEDIA_TYPE);
		String caching = response.getHeader("Cache-Control");
		if (caching == null || !caching.contains("no-store")) {
			response.setHeader("Cache-Control", "no-cache");
		}
		response.setHeader("X-Accel-Buffering", "no");
		// Clients take the headers as a sign that they are being listened to
		response.flushBuffer();
		EventStream stream = new EventStream(async, response.getOutputStream());
		async.addListener(stream);
		stream.out.setWriteListener(stream);
		return stream;
	}

	@Override
	public boolean send(@Nullable String id, byte[] message) {
		if (id != null && message.length == 0) {
			return enqueue(SseFormat.priming(id, RETRY_MILLIS));
		}
		return enqueue(SseFormat.event(id, message));
	}

	/**
	 * Keep the connection alive, and notice if it is not.
	 */
	void heartbeat() {
		doLocked(() -> {
			// What is waiting to be sent serves the same end
			if (this.queue.isEmpty() && !this.completing) {
				this.queue.add(SseFormat.COMMENT);
				this.queued += SseFormat.COMMENT.length;
			}
			drain();
		});
	}

	@Override
	public void complete() {
		doLocked(() -> {
			this.completing = true;
			drain();
		});
	}

	/**
	 * End the stream without what has not been sent yet, for somebody who is not to see
	 * it any more.
	 */
	public void cut() {
		doLocked(() -> {
			clear();
			this.completing = true;
			drain();
		});
	}

	@Override
	public void onEnd(Runnable callback) {
		locked(() -> this.onEnd.add(callback));
	}

	@Override
	public void onWritePossible() {
		doLocked(() -> {
			if (this.ended) {
				ended(true);
			}
			else {
				drain();
			}
		});
	}

	@Override
	public void onError(Throwable ex) {
		logger.debug("A client left its stream: " + ex.getMessage());
		end(true);
	}

	@Override
	public void onComplete(AsyncEvent event) {
		doLocked(() -> {
			this.closed = true;
			ended(false);
		});
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		end(true);
	}

	@Override
	public void onError(AsyncEvent event) {
		end(false);
		// Even if it has been done: a container that finds the request not completed here
		// makes an error page of it
		close();
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// Nobody starts anew what has been started here
	}

	private boolean enqueue(byte[] bytes) {
		return locked(() -> {
			if (this.ended || this.completing) {
				return false;
			}
			if (this.queue.size() >= MAX_QUEUED
					|| this.queue.size() >= FEW && this.queued + bytes.length > MAX_QUEUED_BYTES) {
				logger.debug("A client does not keep up with its stream, which ends");
				// Completed in the middle of a write, the request would never be over for
				// its container, which tells when the write has come to an end or failed
				ended(false);
				return false;
			}
			this.queue.add(bytes);
			this.queued += bytes.length;
			drain();
			return !this.ended;
		});
	}

	private void drain() {
		try {
			while (!this.ended && this.out.isReady()) {
				byte[] next = this.queue.poll();
				if (next != null) {
					this.queued -= next.length;
					this.out.write(next);
					this.unflushed = true;
				}
				else if (this.unflushed) {
					this.out.flush();
					this.unflushed = false;
				}
				else {
					if (this.completing) {
						ended(true);
					}
					return;
				}
			}
		}
		catch (IOException | IllegalStateException ex) {
			logger.debug("A client left its stream: " + ex.getMessage());
			ended(true);
		}
	}

	private void end(boolean close) {
		doLocked(() -> ended(close));
	}

	private void ended(boolean close) {
		this.ended = true;
		this.closing |= close && !this.closed;
		clear();
	}

	private void clear() {
		this.queue.clear();
		this.queued = 0;
	}

	private void doLocked(Runnable action) {
		locked(() -> {
			action.run();
			return true;
		});
	}

	/**
	 * Do something under the lock, and without it whatever the end of the stream entails:
	 * callbacks have locks of their own.
	 */
	private boolean locked(BooleanSupplier action) {
		boolean result;
		List<Runnable> callbacks = List.of();
		boolean close = false;
		this.lock.lock();
		try {
			result = action.getAsBoolean();
			if (this.ended) {
				callbacks = List.copyOf(this.onEnd);
				this.onEnd.clear();
				close = this.closing;
				this.closed |= close;
				this.closing = false;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (close) {
			close();
		}
		callbacks.forEach(EventStream::run);
		return result;
	}

	private static void run(Runnable callback) {
		try {
			callback.run();
		}
		catch (RuntimeException ex) {
			logger.warn("Something failed after the end of a stream", ex);
		}
	}

	private void close() {
		try {
			this.async.complete();
		}
		catch (IllegalStateException ex) {
			logger.trace("The container had ended the stream already", ex);
		}
	}

}
