// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Those who are not at this machine. Everybody knows the passwords, so there is nowhere
 * that strangers can use them.
 */
final class Strangers {

	private static final RequestMatcher STRANGERS = new NegatedRequestMatcher(new FromThisMachine());

	private Strangers() {
	}

	/**
	 * Return what keeps strangers from pages, and from signing in to the actuator, whose
	 * port may be open to others.
	 */
	static SecurityFilterChain refuse(RequestMatcher pages) {
		RequestMatcher operators = new AndRequestMatcher(EndpointRequest.toAnyEndpoint(),
				(request) -> request.getHeader(HttpHeaders.AUTHORIZATION) != null);
		return new DefaultSecurityFilterChain(new AndRequestMatcher(STRANGERS, new OrRequestMatcher(pages, operators)),
				Strangers::refuse);
	}

	private static void refuse(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException {
		((HttpServletResponse) response).setStatus(HttpServletResponse.SC_FORBIDDEN);
		response.setContentType("text/plain");
		response.getWriter()
			.println("The accounts and clients of the development authorization server are for this machine only,"
					+ " not through a tunnel or a proxy: ask at localhost. Everywhere else have tokens from an"
					+ " authorization server of your own.");
	}

}
