// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.security.Principal;
import java.util.List;

import io.mcpremote.wire.Challenges;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * Takes each request's word for who makes it and what it may do, where an application has
 * authentication.
 */
@Configuration(proxyBeanMethods = false)
class TestAuthentication {

	static final String METADATA = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";

	/**
	 * Names the authorities of the caller, separated by spaces.
	 */
	static final String AUTHORITIES = "Test-Authorities";

	@Bean
	Challenges testChallenges() {
		return new Challenges(METADATA, List.of("base"));
	}

	@Bean
	Filter testAuthenticationFilter() {
		return TestAuthentication::authenticate;
	}

	/**
	 * Return the headers of a caller.
	 */
	static String[] as(String authorities) {
		return new String[] { "Test-User", "alice", AUTHORITIES, authorities };
	}

	private static void authenticate(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest http = (HttpServletRequest) request;
		String user = http.getHeader("Test-User");
		if (user == null) {
			chain.doFilter(request, response);
			return;
		}
		String authorities = (http.getHeader(AUTHORITIES) != null) ? http.getHeader(AUTHORITIES) : "";
		SecurityContextHolder.setContext(new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(user,
				null,
				AuthorityUtils.createAuthorityList(authorities.isBlank() ? new String[0] : authorities.split(" ")))));
		try {
			chain.doFilter(new HttpServletRequestWrapper(http) {

				@Override
				public Principal getUserPrincipal() {
					return () -> user;
				}

			}, response);
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

}
