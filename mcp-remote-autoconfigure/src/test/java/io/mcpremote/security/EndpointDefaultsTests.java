// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a server does that is configured like most of them, perhaps for other URLs too.
 */
@ExtendWith(OutputCaptureExtension.class)
class EndpointDefaultsTests {

	@Test
	void callWhenTokenIsTooLongThenSaysSo() {
		try (TestIssuer issuer = new TestIssuer(); RunningServer server = start(issuer)) {
			HttpResponse<String> response = call(server, "a".repeat(6 * 1024 + 1));
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.headers().firstValue("WWW-Authenticate"))
				.hasValueSatisfying((challenge) -> assertThat(challenge).contains("it is too long"));
			assertThat(RunningServer.json(response).at("/error/code").asInt()).isEqualTo(1401);
			String longest = issuer.token(server.resource(), "alice", (claims) -> claims.claim("x", "x".repeat(3900)));
			assertThat(longest.length()).isBetween(5500, 6 * 1024);
			assertThat(call(server, longest).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void callWhenSpringBootsAudiencesAreForOtherUrlsThenEndpointHasItsOwn(CapturedOutput output) {
		String audiences = "spring.security.oauth2.resourceserver.jwt.audiences=https://api.example.com";
		try (TestIssuer issuer = new TestIssuer(); RunningServer server = start(issuer, audiences)) {
			assertThat(call(server, issuer.token(server.resource(), "alice")).statusCode()).isEqualTo(200);
			assertThat(call(server, issuer.token("https://api.example.com", "alice")).statusCode()).isEqualTo(401);
			assertThat(output.getAll()).contains("mcp.remote.security.audiences");
		}
	}

	@Test
	void callWhenForwardedHeaderIsNotUsedThenSaidOnce(CapturedOutput output) {
		try (TestIssuer issuer = new TestIssuer(); RunningServer server = start(issuer)) {
			call(server, "bad1");
			assertThat(output.getAll()).doesNotContain("server.forward-headers-strategy");
			call(server, "bad2", "X-Forwarded-For", "203.0.113.1");
			call(server, "bad3", "Forwarded", "for=203.0.113.1");
			assertThat(output.getAll().split("server.forward-headers-strategy", -1)).hasSize(2);
			assertThat(output.getAll()).doesNotContain("203.0.113.1");
		}
	}

	@Test
	void callWhenForwardedHeaderIsUsedThenCountedByClient(CapturedOutput output) {
		try (TestIssuer issuer = new TestIssuer();
				RunningServer server = start(issuer, "server.forward-headers-strategy=native",
						"mcp.remote.security.memory.faults-per-minute=1")) {
			call(server, "bad1", "X-Forwarded-For", "203.0.113.1");
			HttpResponse<String> limited = call(server, "bad2", "X-Forwarded-For", "203.0.113.1");
			assertThat(limited.statusCode()).isEqualTo(429);
			HttpResponse<String> other = call(server, issuer.token(server.resource(), "alice"), "X-Forwarded-For",
					"203.0.113.2");
			assertThat(other.statusCode()).isEqualTo(200);
			assertThat(output.getAll()).doesNotContain("server.forward-headers-strategy");
		}
	}

	private static RunningServer start(TestIssuer issuer, String... more) {
		List<String> properties = new ArrayList<>(issuer.properties());
		properties.addAll(List.of(more));
		return RunningServer.secured(properties, Tools.class);
	}

	private static HttpResponse<String> call(RunningServer server, String token, String... headers) {
		ModernRequest request = ModernRequest.callTool("hello", Map.of()).header("Authorization", "Bearer " + token);
		for (int i = 0; i < headers.length; i += 2) {
			request = request.header(headers[i], headers[i + 1]);
		}
		return server.modern(request);
	}

	static class Tools {

		@McpTool(name = "hello", description = "Greets")
		String hello() {
			return "hello";
		}

	}

}
