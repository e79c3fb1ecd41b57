// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.math.BigInteger;
import java.util.Map;

import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Refusals;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC message from a client.
 */
sealed interface RpcMessage {

	/**
	 * Make a message of JSON.
	 * @param json the JSON as maps and lists
	 * @return the message
	 * @throws RefusedException if this is no JSON-RPC message
	 */
	static RpcMessage of(@Nullable Object json) throws RefusedException {
		if (!(json instanceof Map<?, ?> map)) {
			throw invalid("a message must be a JSON object", null);
		}
		@SuppressWarnings("unchecked")
		Map<String, Object> message = (Map<String, Object>) map;
		Object id = id(message);
		if (!"2.0".equals(message.get("jsonrpc"))) {
			throw invalid("\"jsonrpc\" must be \"2.0\"", id);
		}
		Object method = message.get("method");
		if (method == null && !message.containsKey("method")) {
			return response(id, message);
		}
		if (!(method instanceof String name) || name.isEmpty() || name.length() > 256) {
			throw invalid("\"method\" must be a short string", id);
		}
		Map<String, Object> params = params(message, id);
		return (id != null) ? new Request(id, name, params) : new Notification(name, params);
	}

	private static Response response(@Nullable Object id, Map<String, Object> message) throws RefusedException {
		boolean hasResult = message.get("result") instanceof Map<?, ?>;
		boolean hasError = message.get("error") instanceof Map<?, ?>;
		if (id == null || hasResult == hasError) {
			throw invalid("a message needs a \"method\", or an \"id\" and either a \"result\" or an \"error\"", id);
		}
		return new Response(id, message);
	}

	private static @Nullable Object id(Map<String, Object> message) throws RefusedException {
		Object id = message.get("id");
		if (id instanceof Integer || id instanceof Long || id instanceof BigInteger) {
			return id;
		}
		if (id instanceof String text && text.length() <= 1024) {
			return id;
		}
		if (id != null || message.containsKey("id")) {
			throw invalid("\"id\" must be an integer or a short string", null);
		}
		return null;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> params(Map<String, Object> message, @Nullable Object id)
			throws RefusedException {
		Object params = message.get("params");
		if (params instanceof Map<?, ?>) {
			return (Map<String, Object>) params;
		}
		if (params != null || message.containsKey("params")) {
			throw invalid("\"params\" must be a JSON object", id);
		}
		return Map.of();
	}

	private static RefusedException invalid(String message, @Nullable Object id) {
		return new RefusedException(Refusals.of(RefusalReason.INVALID_REQUEST, "Invalid request: " + message), id);
	}

	/**
	 * Wants an answer.
	 *
	 * @param id a string or an integer
	 * @param method the method
	 * @param params the parameters, empty if there are none
	 */
	record Request(Object id, String method, Map<String, Object> params) implements RpcMessage {

		@Override
		public String toString() {
			return "Request[id=" + this.id + ", method=" + this.method + "]";
		}

	}

	/**
	 * Wants no answer.
	 *
	 * @param method the method
	 * @param params the parameters, empty if there are none
	 */
	record Notification(String method, Map<String, Object> params) implements RpcMessage {

		@Override
		public String toString() {
			return "Notification[method=" + this.method + "]";
		}

	}

	/**
	 * Answers a request of this server.
	 *
	 * @param id the id of that request
	 * @param body the whole message, with a result or an error
	 */
	record Response(Object id, Map<String, Object> body) implements RpcMessage {

		@Override
		public String toString() {
			return "Response[id=" + this.id + "]";
		}

	}

}
