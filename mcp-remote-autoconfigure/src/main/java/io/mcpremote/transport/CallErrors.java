// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import io.mcpremote.call.CallOutcome;
import io.mcpremote.call.CallOutcome.Failure;
import io.mcpremote.call.CallSignal;
import io.mcpremote.call.FailureKind;
import io.mcpremote.call.Failures;
import io.mcpremote.call.McpCall;
import io.mcpremote.call.Refusals;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.mcp.annotation.method.tool.AbstractMcpToolMethodCallback;

/**
 * Understands what Spring AI and the SDK throw when a tool, prompt or resource has gone
 * wrong.
 */
final class CallErrors {

	private static final int RESOURCE_NOT_FOUND = -32002;

	private static final int INVALID_PARAMS = -32602;

	/**
	 * What a resource says that does not find what its URI names, of which Spring AI
	 * keeps these words alone.
	 */
	private static final @Nullable String NOT_FOUND = McpError.RESOURCE_NOT_FOUND.apply("").getMessage();

	private CallErrors() {
	}

	static CallOutcome outcomeOf(McpCall call, Throwable ex) {
		CallSignal signal = CallSignal.in(ex);
		if (signal != null) {
			return signal.outcome();
		}
		CallOutcome lacking = lackingCapability(ex);
		if (lacking != null) {
			return lacking;
		}
		if (find(ex, InterruptedException.class) != null) {
			return new Failure(FailureKind.CANCELLED, "The call was cancelled.", ex);
		}
		McpError error = find(ex, McpError.class);
		if (error != null && error.getJsonRpcError() != null) {
			return rpcError(call, error, error.getJsonRpcError());
		}
		if (isArgumentBinding(ex)) {
			return new Failure(FailureKind.INVALID_ARGUMENTS,
					"An argument has a value that does not fit its type. Check the arguments against the input schema.",
					ex);
		}
		return Failures.outcomeOf(call, ex);
	}

	/**
	 * Return whether Spring AI has wrapped an exception of the application, of which it
	 * keeps nothing but the message.
	 */
	static boolean isWrapped(Throwable ex) {
		McpError error = find(ex, McpError.class);
		return error != null && error.getJsonRpcError() != null
				&& isWrapped(String.valueOf(error.getJsonRpcError().message()));
	}

	private static boolean isWrapped(String message) {
		return message.startsWith("Error invoking ") || message.startsWith("Failed to invoke ");
	}

	private static CallOutcome rpcError(McpCall call, McpError ex, JSONRPCError error) {
		String message = String.valueOf(error.message());
		int code = (error.code() != null) ? error.code() : 0;
		if (code == RESOURCE_NOT_FOUND && call.target() != null) {
			return Refusals.unknownResource(call.target());
		}
		if (code == INVALID_PARAMS && call.target() != null && message.startsWith("Unknown tool")) {
			return Refusals.unknownTarget("tool", call.target());
		}
		if (code == INVALID_PARAMS && call.target() != null && message.equals("Invalid prompt name")) {
			return Refusals.unknownTarget("prompt", call.target());
		}
		if (message.startsWith(SessionQuestion.CLIENT_ERROR)) {
			// The client's code would be taken for one of this server's
			return new Failure(FailureKind.TOLD, message, ex);
		}
		if (isWrapped(message)) {
			if (call.target() != null && "resources/read".equals(call.method()) && error.data() != null
					&& error.data().equals(NOT_FOUND)) {
				return Refusals.unknownResource(call.target());
			}
			return Failures.failed(call, ex);
		}
		return new Failure(FailureKind.RPC_ERROR, message, ex);
	}

	/**
	 * Spring AI looks at the capabilities itself and says what is missing in words only.
	 */
	private static @Nullable CallOutcome lackingCapability(Throwable ex) {
		Throwable candidate = ex;
		for (int depth = 0; candidate != null && depth < 16; depth++) {
			String text = (candidate instanceof McpError error && error.getJsonRpcError() != null)
					? String.valueOf(error.getJsonRpcError().data()) : candidate.getMessage();
			if ((candidate instanceof IllegalStateException || candidate instanceof McpError) && text != null) {
				if (text.startsWith("Elicitation not supported by the client")) {
					return Refusals.missingCapability("elicitation", "");
				}
				if (text.startsWith("Sampling not supported by the client")) {
					return Refusals.missingCapability("sampling", "");
				}
				if (text.startsWith("Roots not supported by the client")) {
					return Refusals.missingCapability("roots", "");
				}
			}
			candidate = candidate.getCause();
		}
		return null;
	}

	/**
	 * Return whether something was thrown while Spring AI converted arguments, as opposed
	 * to by the tool.
	 */
	private static boolean isArgumentBinding(Throwable ex) {
		for (StackTraceElement frame : ex.getStackTrace()) {
			if (frame.getClassName().equals(AbstractMcpToolMethodCallback.class.getName())) {
				return frame.getMethodName().equals("buildTypedArgument");
			}
		}
		return false;
	}

	private static <T extends Throwable> @Nullable T find(Throwable ex, Class<T> type) {
		Throwable candidate = ex;
		for (int depth = 0; candidate != null && depth < 16; depth++) {
			if (type.isInstance(candidate)) {
				return type.cast(candidate);
			}
			candidate = candidate.getCause();
		}
		return null;
	}

}
