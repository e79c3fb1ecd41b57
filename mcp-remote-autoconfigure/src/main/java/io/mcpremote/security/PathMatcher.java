// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Matches what the container sends to servlets of this project, by the path it has found
 * them under, and nothing else of the application.
 *
 * @param patterns URL patterns as servlets have them: a path, or one that ends with an
 * asterisk
 */
record PathMatcher(List<String> patterns) implements RequestMatcher {

	@Override
	public boolean matches(HttpServletRequest request) {
		String path = path(request);
		return this.patterns.stream().anyMatch((pattern) -> matches(pattern, path));
	}

	private static boolean matches(String pattern, String path) {
		return (pattern.endsWith("/*")) ? path.startsWith(pattern.substring(0, pattern.length() - 1))
				: path.equals(pattern);
	}

	/**
	 * Return the path by which the container has found its servlet, decoded and without
	 * parameters.
	 */
	static String path(HttpServletRequest request) {
		String path = request.getServletPath();
		return (request.getPathInfo() != null) ? path + request.getPathInfo() : path;
	}

}
