// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Lets web pages that may use the endpoint do so. Which pages may is decided by
 * {@link OriginRules} alone.
 */
final class CorsHeaders {

	private static final List<String> REQUEST_HEADERS = List.of("Authorization", "Content-Type", "Accept", "DPoP",
			"MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Session-Id", "Last-Event-ID", "traceparent",
			"tracestate", "baggage");

	private static final String RESPONSE_HEADERS = "WWW-Authenticate, Mcp-Session-Id, Retry-After, RateLimit, "
			+ "RateLimit-Policy";

	private static final String PARAM_PREFIX = "mcp-param-";

	void add(HttpServletRequest request, HttpServletResponse response) {
		String origin = request.getHeader("Origin");
		if (origin != null) {
			response.setHeader("Access-Control-Allow-Origin", origin);
			response.setHeader("Access-Control-Expose-Headers", RESPONSE_HEADERS);
			response.addHeader("Vary", "Origin");
		}
	}

	/**
	 * Answer a browser that asks what it may send.
	 */
	void preflight(HttpServletRequest request, HttpServletResponse response) {
		response.setStatus(204);
		response.setHeader("Allow", "GET, POST, DELETE, OPTIONS");
		if (request.getHeader("Origin") == null) {
			return;
		}
		response.setHeader("Access-Control-Allow-Methods", "GET, POST, DELETE");
		response.setHeader("Access-Control-Allow-Headers", allowedHeaders(request));
		response.setHeader("Access-Control-Max-Age", "3600");
	}

	private static String allowedHeaders(HttpServletRequest request) {
		String requested = request.getHeader("Access-Control-Request-Headers");
		// Names of parameter headers are the tools' own and must be listed one by one
		Stream<String> params = (requested != null) ? Arrays.stream(requested.split(","))
			.map((name) -> name.strip().toLowerCase(Locale.ROOT))
			.filter((name) -> name.startsWith(PARAM_PREFIX) && ParamHeaders.isToken(name)) : Stream.empty();
		return Stream.concat(REQUEST_HEADERS.stream(), params).collect(Collectors.joining(", "));
	}

}
