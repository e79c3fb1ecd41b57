// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.test;

import java.io.IOException;
import java.security.Principal;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * Takes each request's word for who makes it. A component of a test's application.
 */
public final class UserHeader implements Filter {

	/**
	 * Names the user.
	 */
	public static final String NAME = "Test-User";

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest http = (HttpServletRequest) request;
		String user = http.getHeader(NAME);
		chain.doFilter((user != null) ? new WithUser(http, user) : http, response);
	}

	private static final class WithUser extends HttpServletRequestWrapper {

		private final String user;

		private WithUser(HttpServletRequest request, String user) {
			super(request);
			this.user = user;
		}

		@Override
		public Principal getUserPrincipal() {
			return () -> this.user;
		}

	}

}
