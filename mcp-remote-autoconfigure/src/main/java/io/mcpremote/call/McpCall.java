// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.call;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One request of a client on its way to a tool, prompt, resource or list. Immutable, and
 * free of HTTP and of policy.
 *
 * @param id identifies the call in logs and in what is told to the client
 * @param revision the protocol revision the request is made in
 * @param method the protocol method, such as {@code tools/call}
 * @param target the name of the tool or prompt or the URI of the resource, if the method
 * has one
 * @param params the parameters as parsed; not to be modified
 * @param caller who calls
 * @param sessionId the session the call belongs to, if any
 * @param progressToken the token under which the client wants to hear of progress
 * @param trace the trace context the client sent along; untrusted
 * @param started when the call arrived
 * @param client what the client calls itself
 * @since 0.1.0
 */
public record McpCall(String id, Revision revision, String method, @Nullable String target, Map<String, Object> params,
		Caller caller, @Nullable String sessionId, @Nullable Object progressToken, TraceContext trace, Instant started,
		ClientInfo client) {

	/**
	 * Create a call of a client that does not say what it is.
	 */
	public McpCall(String id, Revision revision, String method, @Nullable String target, Map<String, Object> params,
			Caller caller, @Nullable String sessionId, @Nullable Object progressToken, TraceContext trace,
			Instant started) {
		this(id, revision, method, target, params, caller, sessionId, progressToken, trace, started,
				ClientInfo.UNKNOWN);
	}

	/**
	 * Return the arguments of a tool or prompt.
	 * @return the arguments, empty if the request has none
	 */
	@SuppressWarnings("unchecked")
	public Map<String, Object> arguments() {
		return (this.params.get("arguments") instanceof Map<?, ?> arguments) ? (Map<String, Object>) arguments
				: Map.of();
	}

	@Override
	public String toString() {
		// Neither arguments nor sessions are anybody's business
		return "McpCall[id=" + this.id + ", revision=" + this.revision + ", method=" + this.method + ", caller="
				+ this.caller + "]";
	}

	/**
	 * W3C trace context as sent in the request's metadata.
	 *
	 * @param traceparent the identity of the caller's span
	 * @param tracestate vendor specific trace data
	 * @param baggage properties that travel with the trace
	 */
	public record TraceContext(@Nullable String traceparent, @Nullable String tracestate, @Nullable String baggage) {

		/**
		 * No trace context at all.
		 */
		public static final TraceContext NONE = new TraceContext(null, null, null);

	}

}
