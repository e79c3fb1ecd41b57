// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.util.Map;

/**
 * A complete answer to an HTTP request.
 *
 * @param status the HTTP status
 * @param headers headers that belong to this answer
 * @param body the JSON-RPC message, empty for no body
 * @since 0.1.0
 */
public record WireReply(int status, Map<String, String> headers, byte[] body) {

	private static final byte[] NO_BODY = {};

	/**
	 * Create an answer with nothing but a status.
	 * @param status the HTTP status
	 * @return the answer
	 */
	public static WireReply empty(int status) {
		return new WireReply(status, Map.of(), NO_BODY);
	}

	/**
	 * Create an answer with a result.
	 * @param body the JSON-RPC message
	 * @return the answer
	 */
	public static WireReply ok(byte[] body) {
		return new WireReply(200, Map.of(), body);
	}

	/**
	 * Return this answer without its body.
	 * @return an answer with the same status and headers
	 */
	public WireReply withoutBody() {
		return new WireReply(this.status, this.headers, NO_BODY);
	}

	@Override
	public String toString() {
		return "WireReply[status=" + this.status + ", headers=" + this.headers.keySet() + "]";
	}

}
