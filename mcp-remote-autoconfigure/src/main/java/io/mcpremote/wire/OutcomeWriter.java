// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallOutcome.Refusal;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.RefusalReason;
import io.mcpremote.call.Revision;
import io.modelcontextprotocol.spec.McpError;
import org.jspecify.annotations.Nullable;

/**
 * The only mapping from what becomes of a call to HTTP and JSON-RPC, apart from results,
 * whose shape is a matter of the protocol revision.
 *
 * @since 0.1.0
 */
public final class OutcomeWriter {

	private static final String TOOLS_CALL = "tools/call";

	private static final int INTERNAL_ERROR = -32603;

	private static final int INVALID_PARAMS = -32602;

	private final JsonRpcWriter json;

	/**
	 * Create a writer.
	 * @param json writes the messages
	 */
	public OutcomeWriter(JsonRpcWriter json) {
		this.json = json;
	}

	/**
	 * Write a refusal.
	 * @param id the id of the request, {@code null} if it was not read
	 * @param revision the revision the request was made in
	 * @param method the method that was asked for, if known
	 * @param refusal the refusal
	 * @return the answer
	 */
	public WireReply refusal(@Nullable Object id, Revision revision, @Nullable String method, Refusal refusal) {
		if (refusal.reason() == RefusalReason.MISSING_CAPABILITY && !revision.isModern() && TOOLS_CALL.equals(method)
				&& id != null) {
			return WireReply.ok(this.json.result(id, this.json.json(toolError(refusal.message()))));
		}
		byte[] body = this.json.error(id, RefusalTable.code(refusal.reason(), revision), refusal.message(),
				(refusal.data().isEmpty()) ? null : refusal.data());
		return new WireReply(RefusalTable.status(refusal.reason(), revision), refusal.headers(), body);
	}

	/**
	 * Return what a tool's failure looks like as a result.
	 * @param message what the model is told
	 * @return the result
	 */
	public static Map<String, Object> toolError(String message) {
		// In this order in all answers of all replicas
		Map<String, Object> text = new LinkedHashMap<>();
		text.put("type", "text");
		text.put("text", message);
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("content", List.of(text));
		result.put("isError", true);
		return result;
	}

	/**
	 * Return whether a failure is told in a result, where a model sees it, rather than in
	 * an error.
	 * @param method the method that was called
	 * @param failure the failure
	 * @return whether to send {@link #toolError}
	 */
	public boolean isToolError(String method, Failure failure) {
		return TOOLS_CALL.equals(method) && failure.kind() != FailureKind.RPC_ERROR;
	}

	/**
	 * Write a failure as a JSON-RPC error.
	 * @param id the id of the request, {@code null} if it has none
	 * @param revision the revision the request was made in
	 * @param failure the failure
	 * @return the answer
	 */
	public WireReply error(@Nullable Object id, Revision revision, Failure failure) {
		if (failure.kind() == FailureKind.RPC_ERROR && failure.cause() instanceof McpError error
				&& error.getJsonRpcError() != null) {
			Integer code = error.getJsonRpcError().code();
			return WireReply.ok(this.json.error(id, allowed((code != null) ? code : INTERNAL_ERROR, revision),
					failure.message(), error.getJsonRpcError().data()));
		}
		int code = (failure.kind() == FailureKind.INVALID_ARGUMENTS) ? INVALID_PARAMS : INTERNAL_ERROR;
		return WireReply.ok(this.json.error(id, code, failure.message(), null));
	}

	private static int allowed(int code, Revision revision) {
		if (!revision.isModern()) {
			return code;
		}
		if (code == -32002) {
			return INVALID_PARAMS;
		}
		// Only the protocol itself may use these
		boolean reserved = code == -32042 || (code <= -32020 && code >= -32099);
		return (reserved) ? INTERNAL_ERROR : code;
	}

}
