// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Matches what the container sends to servlets of this project, by the path it has found
 * them under, and nothing else of the application.
 *
 * @param paths the paths, decoded
 */
record PathMatcher(Set<String> paths) implements RequestMatcher {

	@Override
	public boolean matches(HttpServletRequest request) {
		return this.paths.contains(path(request));
	}

	/**
	 * Return the path by which the container has found its servlet, decoded and without
	 * parameters.
	 */
	private static String path(HttpServletRequest request) {
		String path = request.getServletPath();
		return (request.getPathInfo() != null) ? path + request.getPathInfo() : path;
	}

}
