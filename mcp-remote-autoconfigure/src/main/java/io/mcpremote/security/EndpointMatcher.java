// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import io.mcpremote.wire.EndpointLocation;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Matches the endpoint and where its metadata is, and nothing else of the application.
 */
final class EndpointMatcher implements RequestMatcher {

	private final String endpoint;

	EndpointMatcher(EndpointLocation location) {
		this.endpoint = (location.path().isEmpty()) ? "/" : location.path();
	}

	@Override
	public boolean matches(HttpServletRequest request) {
		String path = path(request);
		return path.equals(this.endpoint) || path.equals(EndpointLocation.WELL_KNOWN)
				|| path.startsWith(EndpointLocation.WELL_KNOWN + "/");
	}

	/**
	 * Return the path by which the container has found its servlet, decoded and without
	 * parameters.
	 */
	static String path(HttpServletRequest request) {
		String path = request.getServletPath();
		return (request.getPathInfo() != null) ? path + request.getPathInfo() : path;
	}

	@Override
	public String toString() {
		return "MCP endpoint " + this.endpoint;
	}

}
