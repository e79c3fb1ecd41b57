// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

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
 */
final class EventStream implements EventSink, WriteListener, AsyncListener {

	private static final Log logger = LogFactory.getLog(EventStream.class);

	private static final int MAX_QUEUED = 256;

	private static final long RETRY_MILLIS = 1000;

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<byte[]> queue = new ArrayDeque<>();

	private final List<Runnable> onEnd = new ArrayList<>();

	private final AsyncContext async;

	private final ServletOutputStream out;

	private boolean unflushed;

	private boolean completing;

	private boolean ended;

	private EventStream(AsyncContext async, ServletOutputStream out) {
		this.async = async;
		this.out = out;
	}

	/**
	 * Turn a response into a stream of events.
	 */
	static EventStream start(HttpServletRequest request, HttpServletResponse response) throws IOException {
		AsyncContext async = request.startAsync();
		async.setTimeout(0);
		response.setStatus(200);
		response.setContentType(SseFormat.MEDIA_TYPE);
		response.setHeader("Cache-Control", "no-cache");
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
		enqueue(SseFormat.COMMENT);
	}

	@Override
	public void complete() {
		this.lock.lock();
		try {
			this.completing = true;
			drain();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void onEnd(Runnable callback) {
		this.lock.lock();
		try {
			if (!this.ended) {
				this.onEnd.add(callback);
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		callback.run();
	}

	@Override
	public void onWritePossible() {
		this.lock.lock();
		try {
			drain();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void onError(Throwable ex) {
		logger.debug("A client left its stream: " + ex.getMessage());
		end(true);
	}

	@Override
	public void onComplete(AsyncEvent event) {
		end(false);
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		end(true);
	}

	@Override
	public void onError(AsyncEvent event) {
		end(true);
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// Nobody starts anew what has been started here
	}

	private boolean enqueue(byte[] bytes) {
		boolean overflow;
		this.lock.lock();
		try {
			if (this.ended || this.completing) {
				return false;
			}
			overflow = this.queue.size() >= MAX_QUEUED;
			if (!overflow) {
				this.queue.add(bytes);
				drain();
				return !this.ended;
			}
		}
		finally {
			this.lock.unlock();
		}
		logger.debug("A client does not keep up with its stream, which is closed");
		end(true);
		return false;
	}

	private void drain() {
		try {
			while (!this.ended && this.out.isReady()) {
				byte[] next = this.queue.poll();
				if (next != null) {
					this.out.write(next);
					this.unflushed = true;
				}
				else if (this.unflushed) {
					this.out.flush();
					this.unflushed = false;
				}
				else {
					if (this.completing) {
						end(true);
					}
					return;
				}
			}
		}
		catch (IOException | IllegalStateException ex) {
			logger.debug("A client left its stream: " + ex.getMessage());
			end(true);
		}
	}

	private void end(boolean close) {
		List<Runnable> callbacks;
		this.lock.lock();
		try {
			if (this.ended) {
				return;
			}
			this.ended = true;
			this.queue.clear();
			callbacks = List.copyOf(this.onEnd);
			this.onEnd.clear();
		}
		finally {
			this.lock.unlock();
		}
		if (close) {
			try {
				this.async.complete();
			}
			catch (IllegalStateException ex) {
				logger.trace("The container had ended the stream already", ex);
			}
		}
		callbacks.forEach(Runnable::run);
	}

}
