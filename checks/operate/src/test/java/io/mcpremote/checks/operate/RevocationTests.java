// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.operate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who revokes over HTTP, in an application whose own rules let everybody come as far as
 * to the endpoint.
 */
class RevocationTests {

	private static Server server;

	@BeforeAll
	static void start() {
		server = Server.start(Login.class, "management.endpoints.web.exposure.include=mcpRevocations",
				"mcp.remote.console.role=ADMIN");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "USER", "MCP_OPERATOR", "anonymous", "nobody" })
	void revokeWhenRoleIsMissingThenForbiddenAndNothingIsRevoked(String role) {
		HttpResponse<String> response = revoke(role, "operate00001");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.body()).contains("mcp.remote.console.role").doesNotContain("ADMIN");
		assertThat(call().statusCode()).isEqualTo(200);
	}

	@Test
	void revokeWhenOperatorThenRevoked() {
		try (Server other = Server.start(Login.class, "management.endpoints.web.exposure.include=mcpRevocations")) {
			HttpResponse<String> response = revoke(other, "MCP_OPERATOR", "operate00001");
			assertThat(response.statusCode()).isEqualTo(204);
			assertThat(response.body()).isEmpty();
			assertThat(call(other).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void revokeWhenRoleIsConfiguredThenThatOne() {
		assertThat(revoke("ADMIN", "another00001").statusCode()).isEqualTo(204);
	}

	private static HttpResponse<String> revoke(String role, String key) {
		return revoke(server, role, key);
	}

	private static HttpResponse<String> revoke(Server server, String role, String key) {
		return server.send(HttpRequest.newBuilder(URI.create(server.url() + "/actuator/mcpRevocations"))
			.header("Content-Type", "application/json")
			.header("Role", role)
			.POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"" + key + "\"}"))
			.build());
	}

	private static HttpResponse<String> call() {
		return call(server);
	}

	private static HttpResponse<String> call(Server server) {
		return server.tool("echo", Map.of("text", "hi"), Map.of(), "Authorization", "Bearer " + Server.KEY);
	}

	/**
	 * Stands for the login of an application: takes the word of a header.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Login {

		@Bean
		Filter login() {
			return new OncePerRequestFilter() {

				@Override
				protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response,
						FilterChain chain) throws IOException, ServletException {
					SecurityContextHolder.setContext(new SecurityContextImpl(authentication(request)));
					try {
						chain.doFilter(request, response);
					}
					finally {
						SecurityContextHolder.clearContext();
					}
				}
			};
		}

		private static Authentication authentication(HttpServletRequest request) {
			String role = request.getHeader("Role");
			if (role == null || "nobody".equals(role)) {
				return null;
			}
			if ("anonymous".equals(role)) {
				return new AnonymousAuthenticationToken("key", "anonymous",
						AuthorityUtils.createAuthorityList("ROLE_ADMIN"));
			}
			return UsernamePasswordAuthenticationToken.authenticated("me", null,
					AuthorityUtils.createAuthorityList("ROLE_" + role));
		}

	}

}
