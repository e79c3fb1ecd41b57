// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.math.BigInteger;
import java.util.Map;

import io.mcpremote.call.McpCall.TraceContext;
import io.mcpremote.call.Refusals;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metadata of a request.
 *
 * @param values the metadata
 */
record RequestMeta(Map<String, Object> values) {

	static final String PROTOCOL_VERSION = "io.modelcontextprotocol/protocolVersion";

	static final String CLIENT_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

	static final String CLIENT_INFO = "io.modelcontextprotocol/clientInfo";

	static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";

	private static final int MAX_TRACE_LENGTH = 512;

	@SuppressWarnings("unchecked")
	static RequestMeta of(Map<String, Object> params) throws RefusedException {
		Object meta = params.get("_meta");
		if (meta == null) {
			return new RequestMeta(Map.of());
		}
		if (!(meta instanceof Map<?, ?>)) {
			throw new RefusedException(Refusals.invalidParams("_meta must be a JSON object"));
		}
		return new RequestMeta((Map<String, Object>) meta);
	}

	@Nullable Object progressToken() throws RefusedException {
		Object token = this.values.get("progressToken");
		if (token == null || token instanceof String || token instanceof Integer || token instanceof Long
				|| token instanceof BigInteger) {
			return token;
		}
		throw new RefusedException(Refusals.invalidParams("progressToken must be a string or an integer"));
	}

	@Nullable LoggingLevel logLevel() throws RefusedException {
		Object level = this.values.get(LOG_LEVEL);
		return (level != null) ? level(level) : null;
	}

	TraceContext trace() {
		if (this.values.isEmpty()) {
			return TraceContext.NONE;
		}
		String parent = text("traceparent");
		String state = text("tracestate");
		String baggage = text("baggage");
		return (parent == null && state == null && baggage == null) ? TraceContext.NONE
				: new TraceContext(parent, state, baggage);
	}

	static LoggingLevel level(@Nullable Object level) throws RefusedException {
		LoggingLevel known = (level instanceof String name) ? LoggingLevel.fromValue(name) : null;
		if (known == null) {
			throw new RefusedException(Refusals.invalidParams(
					"the log level must be one of debug, info, notice, warning, error, critical, alert, emergency"));
		}
		return known;
	}

	private @Nullable String text(String key) {
		return (this.values.get(key) instanceof String text && text.length() <= MAX_TRACE_LENGTH) ? text : null;
	}

	@Override
	public String toString() {
		return "RequestMeta" + this.values.keySet();
	}

}
