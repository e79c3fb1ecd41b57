// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Writes server-sent events.
 */
final class SseFormat {

	static final String MEDIA_TYPE = "text/event-stream";

	static final byte[] COMMENT = ascii(":\n\n");

	private static final byte[] ID = ascii("id: ");

	private static final byte[] DATA = ascii("event: message\ndata: ");

	private static final byte[] LINE_END = ascii("\n");

	private static final byte[] EVENT_END = ascii("\n\n");

	private SseFormat() {
	}

	/**
	 * Write an event.
	 * @param id the event's id, if it has one
	 * @param message the message as JSON in one line
	 * @return the event
	 */
	static byte[] event(@Nullable String id, byte[] message) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + 64);
		if (id != null) {
			out.writeBytes(ID);
			out.writeBytes(ascii(id));
			out.writeBytes(LINE_END);
		}
		out.writeBytes(DATA);
		out.writeBytes(message);
		out.writeBytes(EVENT_END);
		return out.toByteArray();
	}

	/**
	 * Write the event that lets a client come back before anything else has been sent.
	 * @param id the event's id
	 * @param retryMillis how long a client should wait before it comes back
	 * @return the event
	 */
	static byte[] priming(String id, long retryMillis) {
		return ascii("id: " + id + "\nretry: " + retryMillis + "\ndata: \n\n");
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
