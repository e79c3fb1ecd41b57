// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Adding the starter changes the access of no other URL of an application, whatever the
 * application has of Spring Security.
 */
@ExtendWith(Secrets.class)
class OtherUrlsTests {

	private static final List<String> PATHS = List.of("/", "/hello", "/hello/", "/hello?continue", "/nothing",
			"/api/data", "/api/nothing", "/a//b", "/a;x=1", "/a/../a/b", "/%61", "/mcpx", "/mcp.json", "/MCP", "/mcp/",
			"/mcp/more", "/.well-known/openid-configuration", "/.well-known/oauth-protected-resources",
			"/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/",
			"/.well-known/oauth-protected-resource/other", "/.well-known/oauth-protected-resource/mcp/", "/login",
			"/logout", "/error");

	private static final List<String> METHODS = List.of("GET", "POST", "OPTIONS");

	private static final String BASIC = "Basic dXNlcjpwYXNzd29yZA==";

	@Test
	void urlsWhenOnlyLoginOfSpringBootThenAsBefore() {
		String[] properties = { "mcp.remote.security.issuers[0].uri=" + AuthorizationServer.uri() };
		try (McpServer with = start(Applications.WithoutChain.class, properties)) {
			HttpResponse<String> page = Http.get(with.origin() + "/hello", "Accept", "text/html");
			assertThat(page.statusCode()).isEqualTo(302);
			assertThat(Http.header(page, "Location")).isEqualTo(with.origin() + "/login");
			assertThat(Http.get(with.origin() + "/hello").statusCode()).isEqualTo(401);
			assertThat(Http.get(with.origin() + "/hello", "Authorization", BASIC).statusCode()).isEqualTo(200);
			assertEndpointIsSecured(with);
			assertSameAsWithout(with, Applications.WithoutChain.class, properties);
		}
	}

	@Test
	void urlsWhenResourceServerOfSpringBootThenAsBefore() {
		String[] properties = { "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + AuthorizationServer.uri() };
		try (McpServer with = start(Applications.WithoutChain.class, properties)) {
			assertThat(Http.get(with.origin() + "/hello").statusCode()).isEqualTo(401);
			// That this server accepts tokens for any audience is its own affair
			HttpResponse<String> hello = Http.get(with.origin() + "/hello", "Authorization",
					"Bearer " + token("https://other.example"));
			assertThat(hello.statusCode()).as(Http.header(hello, "WWW-Authenticate")).isEqualTo(200);
			assertThat(with.callTool(token("https://other.example"), "whoami").statusCode()).isEqualTo(401);
			assertEndpointIsSecured(with);
			assertSameAsWithout(with, Applications.WithoutChain.class, properties);
		}
	}

	@Test
	void urlsWhenChainForSomeThenAsBefore() {
		String[] properties = { "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + AuthorizationServer.uri() };
		try (McpServer with = start(Applications.WithApiChain.class, properties)) {
			assertThat(Http.get(with.origin() + "/hello").statusCode()).isEqualTo(200);
			assertThat(Http.get(with.origin() + "/api/data").statusCode()).isEqualTo(401);
			assertThat(Http.header(Http.get(with.origin() + "/api/data"), "WWW-Authenticate")).startsWith("Basic ");
			assertEndpointIsSecured(with);
			assertSameAsWithout(with, Applications.WithApiChain.class, properties);
		}
	}

	@Test
	void urlsWhenChainForEverythingThenAsBefore() {
		String[] properties = { "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + AuthorizationServer.uri() };
		try (McpServer with = start(Applications.WithCatchAllChain.class, properties)) {
			HttpResponse<String> page = Http.get(with.origin() + "/anything");
			assertThat(page.statusCode()).isEqualTo(302);
			assertThat(Http.header(page, "Location")).isEqualTo(with.origin() + "/login");
			assertThat(Http.get(with.origin() + "/hello", "Authorization", "Bearer " + token(with.resource()))
				.statusCode()).isEqualTo(302);
			assertEndpointIsSecured(with);
			assertSameAsWithout(with, Applications.WithCatchAllChain.class, properties);
		}
	}

	@Test
	void callWhenUserIsOnlyLoggedInThenNeedsATokenAllTheSame() {
		try (McpServer server = start(Applications.WithCatchAllChain.class,
				"spring.security.oauth2.resourceserver.jwt.issuer-uri=" + AuthorizationServer.uri())) {
			Http browser = Http.withCookies();
			HttpResponse<String> login = browser.exchange(Http.request(server.origin() + "/login"));
			String csrf = login.body().replaceAll("(?s).*name=\"_csrf\"[^>]*value=\"([^\"]*)\".*", "$1");
			browser.exchange(Http.form(Http.request(server.origin() + "/login"),
					Map.of("username", "user", "password", "password", "_csrf", csrf)));
			assertThat(browser.exchange(Http.request(server.origin() + "/hello")).body()).isEqualTo("hello");
			HttpResponse<String> response = browser
				.exchange(Http.request(server.resource(), "Content-Type", "application/json")
					.POST(HttpRequest.BodyPublishers.ofString("{}")));
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(Challenge.of(response).error()).isNull();
		}
	}

	private static void assertEndpointIsSecured(McpServer server) {
		HttpResponse<String> refused = server.callTool(null, "whoami");
		assertThat(refused.statusCode()).isEqualTo(401);
		assertThat(Challenge.of(refused).metadata()).isEqualTo(server.metadata());
		assertThat(server.modern(null, "tools/list", Map.of(), "Authorization", BASIC).statusCode()).isEqualTo(401);
		HttpResponse<String> served = server.callTool(token(server.resource()), "whoami");
		assertThat(served.statusCode()).isEqualTo(200);
		for (HttpResponse<String> response : List.of(refused, served)) {
			assertThat(response.headers().map()).doesNotContainKeys("set-cookie", "location");
		}
		assertThat(Http.get(server.metadata()).statusCode()).isEqualTo(200);
	}

	private static void assertSameAsWithout(McpServer with, Class<?> application, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("mcp.remote.enabled=false");
		all.add("spring.ai.mcp.server.enabled=false");
		try (McpServer without = start(application, all.toArray(String[]::new))) {
			assertThat(without.callTool(token(with.resource()), "whoami").statusCode()).isNotEqualTo(200);
			Map<String, String> expected = answers(without);
			answers(with).forEach((request, answer) -> assertThat(answer).as(request).isEqualTo(expected.get(request)));
			assertThat(expected.values()).anyMatch((answer) -> answer.startsWith("200"))
				.anyMatch((answer) -> !answer.startsWith("200"));
		}
	}

	/**
	 * Ask for everything in every way.
	 */
	private static Map<String, String> answers(McpServer server) {
		List<String> credentials = List.of("", BASIC, "Bearer abc", "Bearer " + token(server.resource()));
		Map<String, String> answers = new TreeMap<>();
		for (String path : PATHS) {
			for (String method : METHODS) {
				for (int i = 0; i < credentials.size(); i++) {
					HttpRequest.Builder request = Http.request(server.origin() + path, "Accept", "text/html")
						.method(method, HttpRequest.BodyPublishers.noBody());
					if (!credentials.get(i).isEmpty()) {
						request.header("Authorization", credentials.get(i));
					}
					answers.put(method + " " + path + " as " + i, describe(server, Http.send(request)));
				}
			}
		}
		return answers;
	}

	private static String describe(McpServer server, HttpResponse<String> response) {
		Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
		headers.remove("date");
		headers.remove("content-length");
		// Tomcat has enough of each connection at some time
		headers.remove("connection");
		return response.statusCode() + " "
				+ headers.toString().replace(server.origin(), "").replaceAll("(?i)jsessionid=[0-9A-F]+", "JSESSIONID");
	}

	private static McpServer start(Class<?> application, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("spring.security.user.password=" + Applications.Passwords.PASSWORD);
		return McpServer.start(application, all.toArray(String[]::new));
	}

	private static String token(String resource) {
		return AuthorizationServer.machineToken(resource, "read:projects");
	}

}
