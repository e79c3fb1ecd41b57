// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a stream of events. Never blocks; safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface EventSink {

	/**
	 * A stream that has ended before it began.
	 */
	EventSink ENDED = new EventSink() {

		@Override
		public boolean send(@Nullable String id, byte[] message) {
			return false;
		}

		@Override
		public void complete() {
			// Has ended
		}

		@Override
		public void onEnd(Runnable callback) {
			callback.run();
		}

	};

	/**
	 * Send one message.
	 * @param id the event's id, or {@code null} if the stream cannot be resumed
	 * @param message the serialised JSON-RPC message; empty to send nothing but the id
	 * @return whether the message was taken; if not, the stream has ended
	 */
	boolean send(@Nullable String id, byte[] message);

	/**
	 * End the stream after everything sent so far.
	 */
	void complete();

	/**
	 * Have something run once when the stream ends for whatever reason; at once if it
	 * already has.
	 * @param callback what to run
	 */
	void onEnd(Runnable callback);

}
