// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

import io.mcpremote.session.EventLog;
import io.mcpremote.session.LiveSession;
import io.mcpremote.wire.WireReply;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The response to one POST as it is written, as JSON or as a stream of events. Whoever
 * writes holds the lock of the {@link HttpReply}, which decides what.
 */
final class ReplyOutput {

	private static final Log logger = LogFactory.getLog(ReplyOutput.class);

	private static final long RETRY_MILLIS = 1000;

	private final HttpServletResponse response;

	private final String protocol;

	private @Nullable LiveSession session;

	private boolean priming;

	private @Nullable EventLog log;

	private Runnable onLost = () -> {
	};

	private boolean streaming;

	private boolean connected = true;

	ReplyOutput(HttpServletResponse response, String protocol) {
		this.response = response;
		this.protocol = protocol;
	}

	/**
	 * Make the stream one that the client can take up again.
	 */
	void resumable(LiveSession resumableIn, boolean primed) {
		this.session = resumableIn;
		this.priming = primed;
	}

	/**
	 * Return whether a client that is cut off knows how to come back.
	 */
	boolean isPrimed() {
		return this.session != null && this.priming;
	}

	void onLost(Runnable callback) {
		this.onLost = callback;
	}

	boolean isStreaming() {
		return this.streaming;
	}

	boolean isConnected() {
		return this.connected;
	}

	/**
	 * Return whether what is written reaches the client, now or when it comes back.
	 */
	boolean isReaching() {
		return this.connected || this.log != null;
	}

	boolean isResumable() {
		return this.log != null && this.log.isResumable();
	}

	void header(String name, String value) {
		if (!this.streaming) {
			this.response.setHeader(name, value);
		}
	}

	/**
	 * See to it that the next call on the connection does not wait for the thread of this
	 * one.
	 */
	void lastOfConnection() {
		if (this.protocol.startsWith("HTTP/1.")) {
			header("Connection", "close");
		}
	}

	void begin() {
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

	void event(byte[] message) {
		String id = (this.log != null) ? this.log.append(message) : null;
		write(SseFormat.event(id, message));
	}

	/**
	 * Show the client that somebody is there.
	 */
	void comment() {
		write(SseFormat.COMMENT);
	}

	void end() {
		if (this.log != null) {
			this.log.end();
		}
		if (this.connected) {
			close();
		}
	}

	void plain(WireReply reply) {
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

	void close() {
		this.connected = false;
		try {
			this.response.getOutputStream().close();
		}
		catch (IOException ex) {
			logger.trace("The client was gone before its stream was closed", ex);
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

	private void lost(IOException ex) {
		logger.debug("The client has gone before its call was answered: " + ex.getMessage());
		this.connected = false;
		this.onLost.run();
	}

}
