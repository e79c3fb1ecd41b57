// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.mcpremote.audit.AuditEvent;
import io.mcpremote.audit.AuditEvent.Action;
import io.mcpremote.audit.AuditEvent.Actor;
import io.mcpremote.audit.AuditEvent.Client;
import io.mcpremote.audit.AuditSink;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.MovableTime;
import io.mcpremote.test.MutableClock;
import io.mcpremote.test.RunningServer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console over HTTP: who sees it, what it is told, and when that ends.
 */
class ConsoleServerTests {

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = RunningServer.start(
				List.of("mcp.remote.console.enabled=true", "mcp.remote.console.max-viewers=3",
						"mcp.remote.rate-limit.address=4/1h", "server.servlet.session.cookie.name=SESSION"),
				Tools.class, Login.class, MovableTime.class);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/mcp-console", "/mcp-console/", "/mcp-console/events", "/mcp-console/other" })
	void getWhenNobodyIsLoggedInThenNothing(String path) {
		assertThat(get(path, null).statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@CsvSource({ "/mcp-console,USER", "/mcp-console/events,USER", "/mcp-console,OPERATOR",
			"/mcp-console/events,mcp_operator", "/mcp-console/other,USER" })
	void getWhenRoleIsMissingThenForbidden(String path, String role) {
		HttpResponse<String> response = get(path, role);
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/plain"));
	}

	@Test
	void getWhenAnonymousThenTheApplicationAsksForALogin() {
		HttpResponse<String> response = get("/mcp-console", "anonymous");
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(get("/mcp-console/events", "anonymous").statusCode()).isEqualTo(401);
	}

	@Test
	void getWhenOperatorThenPageThatRunsNothingElse() {
		HttpResponse<String> response = get("/mcp-console", "MCP_OPERATOR");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("<title>MCP console</title>")
			.doesNotContain("/*script*/", "/*style*/", " onclick", "style=\"")
			.doesNotContainPattern("(src|href)=\"https?:");
		assertThat(header(response, "Content-Security-Policy")).startsWith("default-src 'none'; script-src 'sha256-")
			.contains("frame-ancestors 'none'", "base-uri 'none'")
			.doesNotContain("unsafe", "*");
		assertThat(header(response, "X-Frame-Options")).isEqualTo("DENY");
		assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
		assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "DELETE", "PATCH", "TRACE" })
	void requestWhenItWouldWriteThenNotAllowed(String method) {
		HttpResponse<String> response = server
			.send(request("/mcp-console", "MCP_OPERATOR").method(method, HttpRequest.BodyPublishers.noBody()).build());
		assertThat(response.statusCode()).isEqualTo(405);
	}

	@Test
	void eventsWhenAnotherSiteAsksThenForbidden() {
		for (String site : List.of("cross-site", "same-site", "none")) {
			assertThat(
					server.send(request("/mcp-console/events", "MCP_OPERATOR").header("Sec-Fetch-Site", site).build())
						.statusCode())
				.isEqualTo(403);
		}
	}

	@Test
	void eventsThenStateFirstAndThenWhatIsNew() throws IOException {
		try (Events events = open("MCP_OPERATOR")) {
			JsonNode state = events.next();
			assertThat(state.at("/type").asString()).isEqualTo("state");
			assertThat(state.at("/server/name").asString()).isEqualTo("test-server");
			assertThat(state.at("/policies/tool/0/name").asString()).isEqualTo("echo");
			server.modern(ModernRequest.callTool("echo", Map.of("text", "hi")));
			server.context()
				.getBean("mcpRemoteConsoleAuditTail", AuditSink.class)
				.append(List.of(event("<b>\ud800\u202ex", "{\"a\":\"******\"}")));
			JsonNode told = events.until((tick) -> hostile(tick) != null && tick.at("/figures/calls").asLong() > 0);
			assertThat(hostile(told).at("/event/target").asString()).isEqualTo("<b>\ufffd\ufffdx");
			assertThat(told.at("/figures/targets/0/name").asString()).isEqualTo("echo");
		}
	}

	/**
	 * Return the event that no call has made.
	 */
	private static JsonNode hostile(JsonNode tick) {
		for (JsonNode event : tick.at("/events")) {
			if ("{\"a\":\"******\"}".equals(event.at("/event/arguments").asString())) {
				return event;
			}
		}
		return null;
	}

	@Test
	void eventsWhenLimitFillsUpThenShown() throws IOException {
		try (Events events = open("MCP_OPERATOR")) {
			for (int i = 0; i < 5; i++) {
				server.modern(ModernRequest.of("tools/list"));
			}
			JsonNode limit = events.until((tick) -> tick.at("/figures/limits/0/used").asLong() == 4)
				.at("/figures/limits/0");
			assertThat(limit.at("/level").asString()).isEqualTo("address");
			assertThat(limit.at("/allowed").asLong()).isEqualTo(4);
		}
	}

	@Test
	void eventsWhenTooManyPagesAreOpenThenRefusedUntilOneIsClosed() throws IOException {
		ConsoleViewers viewers = server.context().getBean(ConsoleViewers.class);
		Eventually.until("nobody looks any more", () -> viewers.size() == 0);
		List<Events> open = List.of(open("MCP_OPERATOR"), open("MCP_OPERATOR"), open("MCP_OPERATOR"));
		for (Events events : open) {
			assertThat(events.status).isEqualTo(200);
		}
		HttpResponse<String> refused = get("/mcp-console/events", "MCP_OPERATOR");
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(header(refused, "Retry-After")).isEqualTo("30");
		for (Events events : open) {
			events.close();
		}
		Eventually.until("places are given back", () -> viewers.size() == 0);
		try (Events events = open("MCP_OPERATOR")) {
			assertThat(events.status).isEqualTo(200);
		}
		Eventually.until("place is given back", () -> viewers.size() == 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "logout", "demote" })
	void eventsWhenLoginEndsThenStreamEnds(String how) throws IOException {
		HttpResponse<String> page = server
			.send(request("/mcp-console", "MCP_OPERATOR").header("Session", "yes").build());
		String cookie = header(page, "Set-Cookie").replaceAll(";.*", "");
		try (Events events = open(request("/mcp-console/events", null).header("Cookie", cookie))) {
			assertThat(events.next().at("/type").asString()).isEqualTo("state");
			// Filters see nothing of what no servlet is there for
			HttpRequest end = request("/mcp-console/other", null).header("Cookie", cookie)
				.header("Session", how)
				.build();
			assertThat(server.send(end).statusCode()).isBetween(401, 403);
			assertThat(events.ends()).isTrue();
		}
	}

	@Test
	void eventsWhenTheyLastThenTheyEndToShowTheLoginAgain() throws IOException {
		try (Events events = open("MCP_OPERATOR")) {
			events.next();
			server.context().getBean(MutableClock.class).advance(Duration.ofMinutes(6));
			assertThat(events.ends()).isTrue();
		}
	}

	private static AuditEvent event(String target, String arguments) {
		return new AuditEvent("e-1", Instant.EPOCH, AuditEvent.Type.CALL, Actor.NONE, Client.UNKNOWN,
				new Action("tools/call", target, null, arguments, null), null, Map.of());
	}

	private static String header(HttpResponse<?> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

	private static HttpResponse<String> get(String path, String role) {
		return server.send(request(path, role).build());
	}

	private static HttpRequest.Builder request(String path, String role) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
			.timeout(Duration.ofSeconds(30));
		return (role != null) ? request.header("Role", role) : request;
	}

	private static Events open(String role) throws IOException {
		return open(request("/mcp-console/events", role));
	}

	private static Events open(HttpRequest.Builder request) throws IOException {
		try {
			return new Events(server.client().send(request.build(), BodyHandlers.ofInputStream()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static final class Events implements AutoCloseable {

		private final int status;

		private final InputStream body;

		private final BufferedReader lines;

		Events(HttpResponse<InputStream> response) {
			this.status = response.statusCode();
			this.body = response.body();
			this.lines = new BufferedReader(new InputStreamReader(this.body, StandardCharsets.UTF_8));
		}

		JsonNode next() throws IOException {
			String line = this.lines.readLine();
			while (line != null && !line.startsWith("data: {")) {
				line = this.lines.readLine();
			}
			assertThat(line).isNotNull();
			return RunningServer.json(line.substring("data: ".length()));
		}

		JsonNode until(Predicate<JsonNode> condition) throws IOException {
			for (int i = 0; i < 30; i++) {
				JsonNode tick = next();
				if (condition.test(tick)) {
					return tick;
				}
			}
			throw new AssertionError("Never told");
		}

		boolean ends() throws IOException {
			for (int i = 0; i < 200; i++) {
				if (this.lines.readLine() == null) {
					return true;
				}
			}
			return false;
		}

		@Override
		public void close() throws IOException {
			this.body.close();
		}

	}

	static class Tools {

		@McpTool(name = "echo", description = "Says it again")
		String echo(String text) {
			return text;
		}

	}

	/**
	 * Stands for the login of an application: takes the word of a header, or what a
	 * session holds.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Login {

		@Bean
		Filter springSecurityFilterChain() {
			return new OncePerRequestFilter() {

				@Override
				protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response,
						FilterChain chain) throws IOException, ServletException {
					SecurityContextHolder.setContext(new SecurityContextImpl(authentication(request)));
					try {
						chain.doFilter(request, response);
					}
					catch (AccessDeniedException ex) {
						response.sendRedirect("/login");
					}
					finally {
						SecurityContextHolder.clearContext();
					}
				}
			};
		}

		private static Authentication authentication(HttpServletRequest request) {
			String role = request.getHeader("Role");
			String wanted = request.getHeader("Session");
			HttpSession session = request.getSession("yes".equals(wanted));
			if ("logout".equals(wanted)) {
				session.invalidate();
				return null;
			}
			if ("anonymous".equals(role)) {
				return new AnonymousAuthenticationToken("key", "anonymous",
						AuthorityUtils.createAuthorityList("ROLE_MCP_OPERATOR"));
			}
			Authentication authentication = (role != null) ? new TestingAuthenticationToken("me", null, "ROLE_" + role)
					: null;
			if (session != null && authentication != null) {
				session.setAttribute("SPRING_SECURITY_CONTEXT", new SecurityContextImpl(authentication));
			}
			if (session != null && "demote".equals(wanted)) {
				session.setAttribute("SPRING_SECURITY_CONTEXT",
						new SecurityContextImpl(new TestingAuthenticationToken("me", null, "ROLE_USER")));
			}
			return (session != null
					&& session.getAttribute("SPRING_SECURITY_CONTEXT") instanceof SecurityContextImpl context)
							? context.getAuthentication() : authentication;
		}

	}

}
