// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that had no Spring Security has none afterwards, except in front of the
 * endpoint: nothing of it meets the other URLs, not even its opinion of strange ones.
 */
class OtherUrlsTests {

	private static final List<String> PATHS = List.of("/", "/hello", "/hello/", "/a//b", "//a", "/a;x=1", "/a;x=1/b",
			"/a/../b", "/a/./b", "/%61", "/a%20b", "/a%0Ab", "/a%25b", "/a%3Bb", "/mcpx", "/mcp.json", "/MCP", "/mcp/",
			"/mcp/more", "/.well-known/openid-configuration", "/.well-known/oauth-protected-resources",
			"/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/",
			"/.well-known/oauth-protected-resource/other", "/.well-known/oauth-protected-resource/mcp/",
			"/.well-known/oauth-authorization-server", "/login", "/logout", "/error", "/hello?a=b;c&d=%00");

	private static final List<String> METHODS = List.of("GET", "POST", "HEAD", "OPTIONS", "PROPFIND");

	private static TestIssuer issuer;

	private static RunningServer with;

	private static RunningServer without;

	@BeforeAll
	static void start() {
		issuer = new TestIssuer();
		with = RunningServer.secured(issuer.properties(), Pages.class);
		List<String> off = new ArrayList<>(issuer.properties());
		off.addAll(List.of("mcp.remote.enabled=false", "spring.ai.mcp.server.enabled=false"));
		without = RunningServer.secured(off, Pages.class);
	}

	@AfterAll
	static void stop() {
		with.close();
		without.close();
		issuer.close();
	}

	@Test
	void urlsThenAnsweredAsBefore() {
		Map<String, String> expected = answers(without);
		assertThat(expected.values()).anyMatch((answer) -> answer.startsWith("200"));
		answers(with).forEach((request, answer) -> assertThat(answer).as(request).isEqualTo(expected.get(request)));
	}

	@Test
	void endpointThenNeedsAToken() {
		ModernRequest request = ModernRequest.of("tools/list");
		assertThat(with.modern(request).statusCode()).isEqualTo(401);
		String token = issuer.token(with.resource(), "alice");
		HttpResponse<String> response = with.send(with.request(request.body())
			.headers(request.headers())
			.header("Authorization", "Bearer " + token)
			.build());
		assertThat(response.statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/mcp;x=1", "/%6dcp", "/x/../mcp", "/./mcp", "/mcp;", "/;/mcp", "//mcp", "/mcp%2f",
			"/mcp/..;/mcp" })
	void endpointWhenSpelledDifferentlyThenServesNobodyWithoutAToken(String path) {
		ModernRequest request = ModernRequest.of("tools/list");
		HttpResponse<String> response = with.send(HttpRequest.newBuilder(uri(with, path))
			.headers(request.headers())
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.POST(HttpRequest.BodyPublishers.ofString(request.body()))
			.build());
		assertThat(response.body()).doesNotContain("\"result\"");
		assertThat(response.statusCode() == 401 || response.body().startsWith("page") || response.statusCode() == 400)
			.as(response.statusCode() + " " + response.body())
			.isTrue();
	}

	@Test
	void endpointWhenForwardedToThenServesNobodyWithoutAToken() {
		ModernRequest request = ModernRequest.of("tools/list");
		HttpResponse<String> response = with.send(HttpRequest.newBuilder(uri(with, "/forward"))
			.headers(request.headers())
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.POST(HttpRequest.BodyPublishers.ofString(request.body()))
			.build());
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).doesNotContain("\"result\"");
	}

	private static Map<String, String> answers(RunningServer server) {
		Map<String, String> answers = new LinkedHashMap<>();
		for (String path : PATHS) {
			for (String method : METHODS) {
				for (String authorization : List.of("Bearer abc", "Basic YTpi", "")) {
					HttpRequest.Builder request = HttpRequest.newBuilder(uri(server, path))
						.method(method, HttpRequest.BodyPublishers.noBody())
						.header("Origin", "https://mallory.example");
					if (!authorization.isEmpty()) {
						request.header("Authorization", authorization);
					}
					answers.put(method + " " + path + " " + authorization, describe(server.send(request.build())));
				}
			}
		}
		return answers;
	}

	private static String describe(HttpResponse<String> response) {
		Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
		headers.remove("date");
		// Tomcat has enough of each connection at some time
		headers.remove("connection");
		headers.remove("keep-alive");
		return response.statusCode() + " " + headers + " " + response.body();
	}

	private static URI uri(RunningServer server, String path) {
		return URI.create("http://127.0.0.1:" + server.port() + path);
	}

	@Configuration(proxyBeanMethods = false)
	static class Pages {

		@Bean
		ServletRegistrationBean<HttpServlet> pages() {
			ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(new HttpServlet() {

				@Override
				protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
					response.setContentType("text/plain");
					response.getWriter()
						.write("page " + request.getServletPath() + " " + request.getPathInfo() + " "
								+ request.getRemoteUser());
				}

			}, "/*");
			registration.setName("pages");
			return registration;
		}

		@Bean
		ServletRegistrationBean<HttpServlet> forward() {
			ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(new HttpServlet() {

				@Override
				protected void service(HttpServletRequest request, HttpServletResponse response)
						throws IOException, ServletException {
					request.getRequestDispatcher("/mcp").forward(request, response);
				}

			}, "/forward");
			registration.setName("forward");
			return registration;
		}

	}

}
