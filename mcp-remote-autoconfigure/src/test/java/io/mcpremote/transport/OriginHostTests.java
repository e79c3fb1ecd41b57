// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.URI;
import java.security.Principal;
import java.util.List;

import io.mcpremote.test.RawConnection;
import io.mcpremote.test.RawRequest;
import io.mcpremote.test.RawResponse;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Through which web pages and under which names the endpoint can be reached.
 */
class OriginHostTests {

	private static final String LIST = """
			{"jsonrpc":"2.0","id":7,"method":"tools/list"}""";

	private static RunningServer server;

	@BeforeAll
	static void start() {
		server = WireServer.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(textBlock = """
			http://localhost,                   true
			http://localhost:6274,              true
			https://127.0.0.1:3000,             true
			http://[::1]:5173,                  true
			HTTP://LOCALHOST:6274,              true
			https://app.example.com,            false
			http://localhost.evil.example,      false
			http://127.0.0.1.evil.example,      false
			http://localhost:80@evil.example,   false
			http://evil.example:80#localhost,   false
			http://localhost:port,              false
			http://localhost/,                  true
			http://localhost/path,              false
			ftp://localhost,                    false
			file://,                            false
			chrome-extension://localhost,       false
			localhost,                          false
			null,                               false
			'',                                 false
			""")
	void originWhenNoPublicUrlThenLoopbackOnly(String origin, boolean allowed) {
		assertThat(origin(origin, null)).isEqualTo(allowed);
		assertThat(origin(origin, "http://localhost:8080/mcp")).isEqualTo(allowed);
		assertThat(origin(origin, "http://127.0.0.1:8080/mcp")).isEqualTo(allowed);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(textBlock = """
			https://mcp.example.com,       true
			HTTPS://MCP.EXAMPLE.COM,       true
			https://mcp.example.com:443,   true
			https://mcp.example.com:8443,  false
			http://mcp.example.com,        false
			https://example.com,           false
			https://evil.mcp.example.com,  false
			http://localhost:6274,         false
			null,                          false
			""")
	void originWhenPublicUrlThenItsOwnOnly(String origin, boolean allowed) {
		assertThat(origin(origin, "https://mcp.example.com/mcp")).isEqualTo(allowed);
		assertThat(origin(origin, "https://mcp.example.com:443/mcp")).isEqualTo(allowed);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(textBlock = """
			https://app.example.com,        true
			https://app.example.com:443,    true
			https://other.example.com:8443, true
			https://other.example.com,      false
			https://mcp.example.com,        true
			http://app.example.com,         false
			http://localhost:6274,          false
			null,                           false
			""")
	void originWhenListedThenAllowedBesidesPublicUrl(String origin, boolean allowed) {
		assertThat(origin(origin, "https://mcp.example.com/mcp", "https://app.example.com/",
				"https://Other.example.com:8443"))
			.isEqualTo(allowed);
		assertThat(origin(origin, "https://mcp.example.com/mcp", "https://app.example.com:443",
				"https://other.example.com:8443"))
			.isEqualTo(allowed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "null", "http://localhost" })
	void originWhenAllAllowedThenAllowed(String origin) {
		assertThat(origin(origin, "https://mcp.example.com/mcp", "*")).isTrue();
	}

	@Test
	void originWhenNullListedThenAllowed() {
		assertThat(origin("null", null, "null")).isTrue();
		assertThat(origin("http://localhost", null, "null")).isFalse();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(textBlock = """
			localhost,              true
			localhost:8080,         true
			LocalHost:8080,         true
			127.0.0.1,              true
			127.0.0.1:8080,         true
			[::1],                  true
			[::1]:8080,             true
			mcp.example.com,        true
			mcp.example.com:443,    true
			MCP.Example.com,        true
			mcp.example.com.,       false
			evil.mcp.example.com,   false
			evil.example,           false
			evil.example:8080,      false
			localhost.evil.example, false
			127.0.0.1.evil.example, false
			127.0.0.2,              false
			[::2],                  false
			'',                     false
			,                       false
			""")
	void hostWhenPublicUrlThenItsOwnAndLoopback(String host, boolean allowed) {
		assertThat(host(host, null, "https://mcp.example.com/mcp")).isEqualTo(allowed);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(textBlock = """
			api.example.com,       true
			API.example.com:8443,  true
			[2001:db8::1]:443,     true
			ported.example.com:81, true
			ported.example.com:82, false
			ported.example.com,    false
			mcp.example.com,       false
			localhost:8080,        false
			evil.example,          false
			,                      false
			""")
	void hostWhenListedThenListedOnly(String host, boolean allowed) {
		String[] listed = { "api.example.com", "[2001:db8::1]", "Ported.example.com:81" };
		assertThat(host(host, null, "https://mcp.example.com/mcp", listed)).isEqualTo(allowed);
		assertThat(host(host, () -> "alice", "https://mcp.example.com/mcp", listed)).isEqualTo(allowed);
	}

	@Test
	void hostWhenCallerKnownThenAnyUnlessListed() {
		assertThat(host("gateway.internal", () -> "alice", "https://mcp.example.com/mcp")).isTrue();
		assertThat(host("gateway.internal", null, "https://mcp.example.com/mcp")).isFalse();
	}

	@Test
	void hostWhenAllAllowedThenAllowed() {
		assertThat(host("anything.example", null, null, "*")).isTrue();
		assertThat(host(null, null, null, "*")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "null" })
	void requestWhenForeignOriginThenForbiddenWithoutId(String origin) {
		for (String method : List.of("POST", "GET", "DELETE", "OPTIONS", "PUT")) {
			RawResponse response = RawConnection.send(server,
					RawRequest.post(LIST).method(method).header("Origin", origin));
			assertThat(response.status()).isEqualTo(403);
			assertThat(response.header("Content-Type")).isEqualTo("application/json");
			assertThat(response.code()).isEqualTo(-32600);
			assertThat(response.json().has("id")).isFalse();
			assertThat(response.text()).doesNotContain("evil.example");
			LeakCheck.check(response);
		}
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(textBlock = """
			localhost,          200
			LOCALHOST:9,        200
			[::1]:8080,         200
			127.0.0.1,          200
			evil.example,       403
			localhost.,         403
			evil.example:8080,  403
			""")
	void requestWhenHostGivenThenChecked(String host, int status) {
		RawResponse response = RawConnection.send(server, RawRequest.post(LIST).set("Host", host));
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.json().has("id")).isEqualTo(status == 200);
		assertThat(response.code()).isEqualTo((status == 200) ? 0 : -32600);
		LeakCheck.check(response);
	}

	@Test
	void requestWhenNoHostThenForbidden() {
		RawResponse response = RawConnection.send(server,
				RawRequest.post(LIST).set("Host", null).version("HTTP/1.0").header("Connection", "close"));
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.code()).isEqualTo(-32600);
	}

	@Test
	void requestWhenHostMissingOrTwiceInHttp11ThenRefusedByContainer() {
		RawResponse missing = RawConnection.send(server, RawRequest.post(LIST).set("Host", null));
		RawResponse twice = RawConnection.send(server, RawRequest.post(LIST).header("Host", "localhost"));
		assertThat(missing.status()).isEqualTo(400);
		assertThat(twice.status()).isEqualTo(400);
		LeakCheck.check(missing);
		LeakCheck.check(twice);
	}

	private static boolean origin(String origin, String publicUrl, String... allowed) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.addHeader("Host", "localhost");
		request.addHeader("Origin", origin);
		return allowed(new OriginRules(uri(publicUrl), List.of(allowed), List.of()), request);
	}

	private static boolean host(String host, Principal caller, String publicUrl, String... allowed) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		if (host != null) {
			request.addHeader("Host", host);
		}
		request.setUserPrincipal(caller);
		return allowed(new OriginRules(uri(publicUrl), List.of(), List.of(allowed)), request);
	}

	private static boolean allowed(OriginRules rules, MockHttpServletRequest request) {
		try {
			rules.check(request, request.getUserPrincipal() == null);
			return true;
		}
		catch (RefusedException ex) {
			return false;
		}
	}

	private static URI uri(String text) {
		return (text != null) ? URI.create(text) : null;
	}

}
