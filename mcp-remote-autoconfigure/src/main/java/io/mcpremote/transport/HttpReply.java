// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.mcpremote.session.LiveSession;
import io.mcpremote.wire.JsonRpcWriter;
import io.mcpremote.wire.WireReply;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one POST: JSON, unless something has to be sent before the outcome is
 * known; then a stream of events. Written to by the thread that serves the call, by
 * whatever thread a tool uses, and by the heartbeat.
 */
final class HttpReply implements Reply {

	private final ReentrantLock lock = new ReentrantLock();

	private final ReplyOutput output;

	private final Acceptance acceptance;

	private final JsonRpcWriter json;

	private @Nullable BatchAnswers batch;

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
		this.output = new ReplyOutput(response, protocol);
		this.acceptance = acceptance;
		this.json = json;
	}

	/**
	 * Make the stream one that the client can take up again.
	 * @param resumableIn the session in which it can
	 * @param primed whether the client understands an event without content
	 */
	void resumable(LiveSession resumableIn, boolean primed) {
		this.output.resumable(resumableIn, primed);
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
			this.output.onLost(callback);
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
			if (!this.finished) {
				this.output.header(name, value);
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
			this.output.begin();
			this.output.event(message);
			return this.output.isReaching();
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
				if (!this.finished && this.output.isConnected() && !this.muted && needed.getAsBoolean()) {
					this.output.begin();
					this.output.comment();
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Send nothing more, whatever is asked for, unless somebody is writing just now.
	 * @param action done while nobody is writing; returns whether there still is
	 * something not to be sent
	 * @return whether it was done
	 */
	boolean mute(BooleanSupplier action) {
		if (!this.lock.tryLock()) {
			return false;
		}
		try {
			this.muted |= action.getAsBoolean();
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
		@Nullable BatchAnswers others;
		try {
			if (!overtaken(outcome, after)) {
				return false;
			}
			others = this.batch;
		}
		finally {
			this.lock.unlock();
		}
		if (others != null) {
			others.tell();
		}
		return true;
	}

	private boolean overtaken(Supplier<@Nullable WireReply> outcome, Runnable after) {
		WireReply reply = (!this.finished) ? outcome.get() : null;
		if (reply == null) {
			return false;
		}
		after.run();
		this.output.lastOfConnection();
		if (this.muted && this.batch == null) {
			abandon();
		}
		else if (this.batch != null) {
			finish(this.batch.endingWith((this.muted) ? new byte[0] : reply.body()));
		}
		else {
			finish(reply);
		}
		if (this.output.isConnected()) {
			this.output.close();
		}
		return true;
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
		if (!this.output.isPrimed() || !this.acceptance.eventStream()) {
			return false;
		}
		this.lock.lock();
		try {
			if (this.finished || this.muted || !this.output.isConnected()) {
				return false;
			}
			this.output.begin();
			if (!this.output.isResumable()) {
				return false;
			}
			this.output.close();
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
			if (reply.status() == 200 && !this.acceptance.json()) {
				this.output.begin();
			}
			if (this.output.isStreaming()) {
				if (reply.body().length > 0) {
					this.output.event(reply.body());
				}
				this.output.end();
			}
			else {
				this.output.plain(reply);
			}
			this.finished = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Send the outcomes of a batch, of which there may be none.
	 */
	void finish(List<byte[]> messages) {
		this.lock.lock();
		try {
			if (this.output.isStreaming() && !this.finished) {
				messages.forEach(this.output::event);
				this.output.end();
				this.finished = true;
			}
			else {
				finish((messages.isEmpty()) ? PostHandler.ACCEPTED : WireReply.ok(PostHandler.array(messages)));
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
				if (this.acceptance.eventStream()) {
					this.output.begin();
				}
				this.output.end();
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
			return this.output.isStreaming();
		}
		finally {
			this.lock.unlock();
		}
	}

}
