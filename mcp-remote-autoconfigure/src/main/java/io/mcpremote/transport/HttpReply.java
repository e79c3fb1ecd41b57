// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.mcpremote.session.EventLog;
import io.mcpremote.session.LiveSession;
import io.mcpremote.wire.JsonRpcWriter;
import io.mcpremote.wire.WireReply;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one POST: JSON, unless something has to be sent before the outcome is
 * known; then a stream of events. Written to by the thread that serves the call, by
 * whatever thread a tool uses, and by the heartbeat.
 */
final class HttpReply implements Reply {

	private static final Log logger = LogFactory.getLog(HttpReply.class);

	private static final long RETRY_MILLIS = 1000;

	private final ReentrantLock lock = new ReentrantLock();

	private final HttpServletResponse response;

	private final String protocol;

	private final Acceptance acceptance;

	private final JsonRpcWriter json;

	private @Nullable LiveSession session;

	private boolean priming;

	private @Nullable EventLog log;

	private Runnable onLost = () -> {
	};

	private @Nullable BatchAnswers batch;

	private boolean streaming;

	private boolean connected = true;

	private boolean muted;

	private boolean finished;

	/**
	 * Create a reply.
	 * @param response where it goes
	 * @param protocol the version of HTTP
	 * @param acceptance what the client accepts
	 * @param json writes messages
	 */
	HttpReply(HttpServletResponse response, String protocol, Acceptance acceptance, JsonRpcWriter json) {
		this.response = response;
		this.protocol = protocol;
		this.acceptance = acceptance;
		this.json = json;
	}

	/**
	 * Make the stream one that the client can take up again.
	 * @param resumableIn the session in which it can
	 * @param primed whether the client understands an event without content
	 */
	void resumable(LiveSession resumableIn, boolean primed) {
		this.session = resumableIn;
		this.priming = primed;
	}

	/**
	 * Make the answer one to a batch.
	 * @param answers the answers so far
	 */
	void batch(BatchAnswers answers) {
		this.lock.lock();
		try {
			this.batch = answers;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Set what to do, at most once, when the client turns out to be gone.
	 */
	void onLost(Runnable callback) {
		this.lock.lock();
		try {
			this.onLost = callback;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean acceptsEventStream() {
		return this.acceptance.eventStream();
	}

	@Override
	public void header(String name, String value) {
		this.lock.lock();
		try {
			if (!this.streaming && !this.finished) {
				this.response.setHeader(name, value);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void notify(String method, Object params) {
		send(this.json.notification(method, params));
	}

	/**
	 * Send a message ahead of the outcome.
	 * @return whether there is a way for it to reach the client
	 */
	boolean send(byte[] message) {
		if (!this.acceptance.eventStream()) {
			return false;
		}
		this.lock.lock();
		try {
			if (this.finished || this.muted) {
				return false;
			}
			begin();
			event(message);
			return this.connected || this.log != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Keep the connection alive, and notice if it is not.
	 * @param needed whether there still is anything to wait for
	 */
	void heartbeat(BooleanSupplier needed) {
		// Whoever holds the lock is writing, which serves the same end
		if (this.acceptance.eventStream() && this.lock.tryLock()) {
			try {
				if (!this.finished && this.connected && !this.muted && needed.getAsBoolean()) {
					begin();
					write(SseFormat.COMMENT);
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Send nothing more, whatever is asked for, unless somebody is writing just now.
	 * @param action done while nobody is writing
	 * @return whether it was done
	 */
	boolean mute(Runnable action) {
		if (!this.lock.tryLock()) {
			return false;
		}
		try {
			this.muted = true;
			action.run();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Send what belongs to the next message of a batch, whatever has become of the last.
	 */
	void unmute() {
		this.lock.lock();
		try {
			this.muted = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Send an outcome while the thread that serves the call is still busy with it, unless
	 * somebody is writing just now.
	 * @param outcome decides whether to, and is asked while nobody else can answer
	 * @param after done before, while nobody is writing
	 * @return whether it was done
	 */
	boolean overtake(Supplier<@Nullable WireReply> outcome, Runnable after) {
		if (!this.lock.tryLock()) {
			return false;
		}
		try {
			WireReply reply = (!this.finished) ? outcome.get() : null;
			if (reply == null) {
				return false;
			}
			after.run();
			if (this.protocol.startsWith("HTTP/1.")) {
				// Whatever comes next on this connection would wait for the thread
				header("Connection", "close");
			}
			if (this.muted && this.batch == null) {
				abandon();
			}
			else if (this.batch != null) {
				finish(this.batch.endingWith((this.muted) ? new byte[0] : reply.body()));
			}
			else {
				finish(reply);
			}
			if (this.connected) {
				close();
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isFinished() {
		this.lock.lock();
		try {
			return this.finished;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Leave the response to somebody else.
	 */
	void handOver() {
		this.lock.lock();
		try {
			this.finished = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean disconnect() {
		if (this.session == null || !this.priming || !this.acceptance.eventStream()) {
			return false;
		}
		this.lock.lock();
		try {
			if (this.finished || this.muted || !this.connected) {
				return false;
			}
			begin();
			if (this.log == null || !this.log.isResumable()) {
				return false;
			}
			close();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Send the outcome.
	 */
	void finish(WireReply reply) {
		this.lock.lock();
		try {
			if (this.finished) {
				return;
			}
			if (!this.streaming && reply.status() == 200 && !this.acceptance.json()) {
				begin();
			}
			if (this.streaming) {
				event(reply.body());
				end();
			}
			else {
				plain(reply);
			}
			this.finished = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Send the outcomes of a batch.
	 */
	void finish(List<byte[]> messages) {
		this.lock.lock();
		try {
			if (this.streaming && !this.finished) {
				messages.forEach(this::event);
				end();
				this.finished = true;
			}
			else {
				finish(WireReply.ok(PostHandler.array(messages)));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End without an outcome, for a call that the client has taken back.
	 */
	void abandon() {
		this.lock.lock();
		try {
			if (!this.finished) {
				if (!this.streaming && this.acceptance.eventStream()) {
					begin();
				}
				end();
				this.finished = true;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isStreaming() {
		this.lock.lock();
		try {
			return this.streaming;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void begin() {
		if (this.streaming) {
			return;
		}
		this.streaming = true;
		this.response.setStatus(200);
		this.response.setContentType(SseFormat.MEDIA_TYPE);
		this.response.setHeader("Cache-Control", "no-cache");
		this.response.setHeader("X-Accel-Buffering", "no");
		if (this.protocol.equals("HTTP/1.1")) {
			closing();
		}
		if (this.session != null) {
			this.log = this.session.openStream();
			if (this.priming) {
				write(SseFormat.priming(this.log.primingId(), RETRY_MILLIS));
			}
		}
	}

	/**
	 * If the call runs out of time, what comes next must not wait for its thread. Where
	 * trailers may follow, the end of the stream is marked all the same.
	 */
	private void closing() {
		try {
			this.response.setTrailerFields(Map::of);
			this.response.setHeader("Connection", "close");
		}
		catch (IllegalStateException ex) {
			logger.trace("No trailers are possible, so that the end of the connection would be the end of the stream",
					ex);
		}
	}

	private void event(byte[] message) {
		String id = (this.log != null) ? this.log.append(message) : null;
		write(SseFormat.event(id, message));
	}

	private void end() {
		if (this.log != null) {
			this.log.end();
		}
		if (this.connected) {
			close();
		}
	}

	private void plain(WireReply reply) {
		this.response.setStatus(reply.status());
		for (Map.Entry<String, String> header : reply.headers().entrySet()) {
			this.response.setHeader(header.getKey(), header.getValue());
		}
		if (reply.body().length == 0) {
			return;
		}
		this.response.setContentType("application/json");
		this.response.setContentLength(reply.body().length);
		try {
			this.response.getOutputStream().write(reply.body());
		}
		catch (IOException ex) {
			lost(ex);
		}
	}

	private void write(byte[] bytes) {
		if (!this.connected) {
			return;
		}
		try {
			OutputStream out = this.response.getOutputStream();
			out.write(bytes);
			out.flush();
		}
		catch (IOException ex) {
			lost(ex);
		}
	}

	private void close() {
		this.connected = false;
		try {
			this.response.getOutputStream().close();
		}
		catch (IOException ex) {
			logger.trace("The client was gone before its stream was closed", ex);
		}
	}

	private void lost(IOException ex) {
		logger.debug("The client has gone before its call was answered: " + ex.getMessage());
		this.connected = false;
		this.onLost.run();
	}

}
