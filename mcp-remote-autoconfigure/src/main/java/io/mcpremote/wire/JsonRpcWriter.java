// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * Writes JSON-RPC messages. What has been serialised before is copied, not parsed.
 *
 * @since 0.1.0
 */
public final class JsonRpcWriter {

	private static final byte[] HEAD = ascii("{\"jsonrpc\":\"2.0\",\"id\":");

	private static final byte[] RESULT = ascii(",\"result\":");

	private static final byte[] END = ascii("}");

	private final ObjectMapper mapper;

	/**
	 * Create a writer.
	 * @param mapper serialises everything that is not JSON yet
	 */
	public JsonRpcWriter(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Serialise a value.
	 * @param value the value
	 * @return the value as JSON
	 */
	public byte[] json(Object value) {
		if (value instanceof RawJson raw) {
			return raw.bytes();
		}
		byte[] text = (value instanceof CallToolResult result) ? TextResult.json(result) : null;
		return (text != null) ? text : this.mapper.writeValueAsBytes(value);
	}

	/**
	 * Write a response with a result.
	 * @param id the id of the request
	 * @param result the result as JSON
	 * @return the message
	 */
	public byte[] result(Object id, byte[] result) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(HEAD.length + RESULT.length + result.length + 40);
		out.writeBytes(HEAD);
		writeId(out, id);
		out.writeBytes(RESULT);
		out.writeBytes(result);
		out.writeBytes(END);
		return out.toByteArray();
	}

	/**
	 * Write a response with an error.
	 * @param id the id of the request, {@code null} if it could not be read
	 * @param code the error code
	 * @param message the message
	 * @param data facts for programs, if any
	 * @return the message
	 */
	public byte[] error(@Nullable Object id, int code, String message, @Nullable Object data) {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("code", code);
		error.put("message", message);
		if (data != null) {
			error.put("data", data);
		}
		Map<String, Object> response = new LinkedHashMap<>();
		response.put("jsonrpc", "2.0");
		if (id != null) {
			response.put("id", id);
		}
		response.put("error", error);
		return this.mapper.writeValueAsBytes(response);
	}

	/**
	 * Write a notification.
	 * @param method the method
	 * @param params the parameters, if any
	 * @return the message
	 */
	public byte[] notification(String method, @Nullable Object params) {
		return message(null, method, params);
	}

	/**
	 * Write a request to the client.
	 * @param id the id of the request
	 * @param method the method
	 * @param params the parameters, if any
	 * @return the message
	 */
	public byte[] request(String id, String method, @Nullable Object params) {
		return message(id, method, params);
	}

	private byte[] message(@Nullable String id, String method, @Nullable Object params) {
		Map<String, Object> message = new LinkedHashMap<>();
		message.put("jsonrpc", "2.0");
		if (id != null) {
			message.put("id", id);
		}
		message.put("method", method);
		if (params != null) {
			message.put("params", params);
		}
		return this.mapper.writeValueAsBytes(message);
	}

	private void writeId(ByteArrayOutputStream out, Object id) {
		if (id instanceof Number) {
			out.writeBytes(ascii(id.toString()));
		}
		else {
			out.writeBytes(this.mapper.writeValueAsBytes(id));
		}
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
