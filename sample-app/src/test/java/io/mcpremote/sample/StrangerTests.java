// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample;

import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what those get of the development authorization server who reach it through a
 * tunnel or a proxy on this machine.
 */
class StrangerTests extends AbstractSampleTests {

	private static final Map<String, String> AGENT = Map.of("grant_type", "client_credentials", "client_id",
			"demo-agent", "client_secret", "demo-secret");

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:1", "127.0.0.1:8080", "[::1]:8080" })
	void tokenWhenHostIsThisMachineThenIssued(String host) {
		assertThat(Http.postAs(host, PORT, "/oauth2/token", AGENT)).startsWith("HTTP/1.1 200");
	}

	@ParameterizedTest
	@ValueSource(strings = { "demo.ngrok.app", "192.168.0.7:8080", "localhost.example.com" })
	void tokenWhenHostIsAnotherThenForbidden(String host) {
		assertThat(Http.postAs(host, PORT, "/oauth2/token", AGENT)).startsWith("HTTP/1.1 403");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP" })
	void tokenWhenPassedOnByProxyThenForbidden(String header) {
		HttpResponse<String> response = Http.post(ORIGIN + "/oauth2/token", AGENT, header, "demo.ngrok.app");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.body()).contains("for this machine only");
	}

	@Test
	void tokenWhenPassedOnByBalancerOnThisMachineThenIssued() {
		assertThat(Http
			.post(ORIGIN + "/oauth2/token", AGENT, "X-Forwarded-For", "127.0.0.1", "X-Forwarded-Host",
					"localhost:" + PORT, "X-Forwarded-Proto", "http")
			.statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/oauth2/authorize", "/oauth2/consent", "/oauth2/jwks", "/login",
			"/.well-known/oauth-authorization-server" })
	void pageWhenPassedOnByProxyThenForbidden(String path) {
		assertThat(Http.get(ORIGIN + path, "X-Forwarded-For", "198.51.100.7").statusCode()).isEqualTo(403);
	}

	@Test
	void registrationWhenPassedOnByProxyThenForbidden() {
		assertThat(Http.postJson(ORIGIN + "/oauth2/register", Map.of(), "Forwarded", "for=198.51.100.7").statusCode())
			.isEqualTo(403);
	}

}
