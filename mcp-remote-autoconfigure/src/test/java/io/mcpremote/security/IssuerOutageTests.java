// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.RSAKey;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.Eventually;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An issuer that does not answer closes the door and says so; it does not make good
 * tokens bad, nor do bad tokens reach it one by one.
 */
@ExtendWith(OutputCaptureExtension.class)
class IssuerOutageTests {

	private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

	@ParameterizedTest
	@ValueSource(ints = { 500, 404 })
	void callWhenKeysCannotBeReadThenUnavailable(int status) {
		try (TestIssuer issuer = new TestIssuer(); RunningServer server = start(issuer.properties())) {
			issuer.failWith(status);
			HttpResponse<String> response = call(server, issuer.token(server.resource(), "alice"));
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.headers().firstValue("Retry-After")).isPresent();
			assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
			assertThat(response.body()).contains("1503").doesNotContain("Exception", "localhost");
			// The same while nobody asks again
			assertThat(call(server, issuer.token(server.resource(), "bob")).statusCode()).isEqualTo(503);
		}
	}

	@Test
	void callWhenIssuerIsGoneThenUnavailable() {
		TestIssuer issuer = new TestIssuer();
		issuer.close();
		try (RunningServer server = start(issuer.properties())) {
			assertThat(call(server, issuer.token(server.resource(), "alice")).statusCode()).isEqualTo(503);
		}
	}

	@Test
	void callWhenKeysAreGarbageThenUnavailable() {
		try (TestIssuer issuer = new TestIssuer();
				RunningServer server = start(
						List.of(JWT + "issuer-uri=" + issuer.uri(), JWT + "jwk-set-uri=" + issuer.uri() + "/keys"))) {
			issuer.answerWith("<html>");
			assertThat(call(server, issuer.token(server.resource(), "alice")).statusCode()).isEqualTo(503);
		}
	}

	@Test
	void callWhenIssuerIsSilentThenUnavailable(CapturedOutput output) {
		try (TestIssuer issuer = new TestIssuer(); RunningServer server = start(issuer.properties())) {
			issuer.fallSilent();
			for (int i = 0; i < 5; i++) {
				assertThat(call(server, issuer.token(server.resource(), "alice" + i)).statusCode()).isEqualTo(503);
			}
			Eventually.until("the failure is logged", () -> output.getAll().contains("The keys of " + issuer.uri()));
			assertThat(output.getAll().split("The keys of " + issuer.uri(), -1)).hasSize(2);
		}
	}

	@Test
	void callsWhenIntrospectionIsSilentThenFewAsk(CapturedOutput output) {
		try (TestIssuer issuer = new TestIssuer()) {
			List<String> properties = new ArrayList<>(opaque(issuer));
			properties.add("server.tomcat.threads.max=20");
			try (RunningServer server = start(properties)) {
				issuer.activate("good-token-of-alice",
						Map.of("active", true, "sub", "alice", "aud", server.resource()));
				assertThat(call(server, "good-token-of-alice").statusCode()).isEqualTo(200);
				issuer.fallSilent();
				Concurrently.run(40, (thread) -> {
					if (thread == 0) {
						assertThat(call(server, "good-token-of-alice").statusCode()).isEqualTo(200);
					}
					else {
						assertThat(call(server, "made-up" + thread).statusCode()).isEqualTo(503);
					}
				});
				assertThat(issuer.mostRequestsAtOnce()).isLessThanOrEqualTo(5);
				assertThat(output.getAll().split("Tokens cannot be verified", -1)).hasSize(2);
			}
		}
	}

	@Test
	void callWhenJwkSetAloneThenServed() {
		try (TestIssuer issuer = new TestIssuer();
				RunningServer server = start(List.of(JWT + "jwk-set-uri=" + issuer.uri() + "/keys",
						"mcp.remote.security.authorization-servers=" + issuer.uri()))) {
			assertThat(call(server, issuer.token(server.resource(), "alice")).statusCode()).isEqualTo(200);
			String stranger = issuer.token(TestIssuer.key("k1"), JOSEObjectType.JWT, server.resource(), "mallory",
					(claims) -> {
					});
			assertThat(challenge(call(server, stranger))).contains("its signature cannot be verified");
		}
	}

	@Test
	void callWhenKeysAreUnknownThenIssuerIsNotAskedEachTime(CapturedOutput output) {
		try (TestIssuer issuer = new TestIssuer(); RunningServer server = start(issuer.properties())) {
			assertThat(call(server, issuer.token(server.resource(), "alice")).statusCode()).isEqualTo(200);
			RSAKey stranger = TestIssuer.key("stranger");
			for (int i = 0; i < 20; i++) {
				String token = issuer.token(stranger, JOSEObjectType.JWT, server.resource(), "mallory" + i,
						(claims) -> {
						});
				HttpResponse<String> response = call(server, token);
				assertThat(response.statusCode()).isEqualTo(401);
				assertThat(challenge(response)).contains("the key that it is signed with is not known");
				assertThat(output.getAll()).doesNotContain(token);
			}
			assertThat(issuer.keyRequests()).isLessThanOrEqualTo(2);
		}
	}

	@Test
	void callWhenTooManyBadTokensThenAddressHasToWait() {
		List<String> properties = new ArrayList<>();
		try (TestIssuer issuer = new TestIssuer()) {
			properties.addAll(issuer.properties());
			properties.add("mcp.remote.security.memory.faults-per-minute=5");
			try (RunningServer server = start(properties)) {
				String known = issuer.token(server.resource(), "alice");
				assertThat(call(server, known).statusCode()).isEqualTo(200);
				List<Integer> statuses = IntStream.range(0, 10)
					.mapToObj((i) -> call(server, "bad" + i + ".a.b").statusCode())
					.toList();
				assertThat(statuses).containsExactly(401, 401, 401, 401, 401, 429, 429, 429, 429, 429);
				HttpResponse<String> refused = call(server, issuer.token(server.resource(), "bob"));
				assertThat(refused.statusCode()).isEqualTo(429);
				assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
				// Whoever is known already does not suffer
				assertThat(call(server, known).statusCode()).isEqualTo(200);
			}
		}
	}

	@Test
	void callWhenManyTokensHaveExpiredThenAddressIsNotBlamed() {
		List<String> properties = new ArrayList<>();
		try (TestIssuer issuer = new TestIssuer()) {
			properties.addAll(issuer.properties());
			properties.add("mcp.remote.security.memory.faults-per-minute=5");
			try (RunningServer server = start(properties)) {
				Instant past = Instant.now().minusSeconds(600);
				for (int i = 0; i < 10; i++) {
					String token = issuer.token(server.resource(), "user" + i,
							(claims) -> claims.issueTime(Date.from(past.minusSeconds(300)))
								.expirationTime(Date.from(past)));
					HttpResponse<String> response = call(server, token);
					assertThat(response.statusCode()).isEqualTo(401);
					assertThat(challenge(response)).contains("it has expired");
				}
				assertThat(call(server, issuer.token(server.resource(), "alice")).statusCode()).isEqualTo(200);
			}
		}
	}

	@Test
	void callWhenTokenIsOpaqueThenAskedOnce() {
		try (TestIssuer issuer = new TestIssuer(); RunningServer server = start(opaque(issuer))) {
			issuer.activate("good-token-of-alice",
					Map.of("active", true, "sub", "alice", "aud", server.resource(), "scope", "read"));
			issuer.activate("elsewhere", Map.of("active", true, "sub", "alice", "aud", "https://other.example"));
			for (int i = 0; i < 3; i++) {
				assertThat(call(server, "good-token-of-alice").statusCode()).isEqualTo(200);
				assertThat(challenge(call(server, "elsewhere"))).contains("it is not meant for this server");
				assertThat(challenge(call(server, "unknown"))).contains("it is not active");
			}
			assertThat(issuer.introspections()).isEqualTo(3);
		}
	}

	@Test
	void callWhenIntrospectionFailsThenUnavailable() {
		try (TestIssuer issuer = new TestIssuer(); RunningServer server = start(opaque(issuer))) {
			issuer.failWith(500);
			assertThat(call(server, "good-token-of-alice").statusCode()).isEqualTo(503);
		}
	}

	@Test
	void callWhenSeveralIssuersThenEachByItsOwnKeys() {
		try (TestIssuer first = new TestIssuer(); TestIssuer second = new TestIssuer()) {
			List<String> properties = List.of("mcp.remote.security.issuers[0].uri=" + first.uri(),
					"mcp.remote.security.issuers[1].uri=" + second.uri(),
					"mcp.remote.security.issuers[1].jwk-set-uri=" + second.uri() + "/keys");
			try (RunningServer server = start(properties)) {
				assertThat(call(server, first.token(server.resource(), "alice")).statusCode()).isEqualTo(200);
				assertThat(call(server, second.token(server.resource(), "alice")).statusCode()).isEqualTo(200);
				// The one issuer cannot speak for the other, although both are trusted
				String crossed = first.token(server.resource(), "alice", (claims) -> claims.issuer(second.uri()));
				assertThat(challenge(call(server, crossed))).contains("its signature cannot be verified");
				first.failWith(500);
				assertThat(call(server, second.token(server.resource(), "bob")).statusCode()).isEqualTo(200);
			}
		}
	}

	@Test
	void callWhenOneOfSeveralIssuersIsSpringBootsThenEachIsServed() {
		try (TestIssuer first = new TestIssuer(); TestIssuer second = new TestIssuer()) {
			List<String> properties = new ArrayList<>(first.properties());
			properties.add("mcp.remote.security.issuers[0].uri=" + second.uri());
			try (RunningServer server = start(properties)) {
				assertThat(call(server, first.token(server.resource(), "alice")).statusCode()).isEqualTo(200);
				assertThat(call(server, second.token(server.resource(), "alice")).statusCode()).isEqualTo(200);
				String crossed = second.token(server.resource(), "alice", (claims) -> claims.issuer(first.uri()));
				assertThat(call(server, crossed).statusCode()).isEqualTo(401);
			}
		}
	}

	private static List<String> opaque(TestIssuer issuer) {
		String prefix = "spring.security.oauth2.resourceserver.opaquetoken.";
		return List.of(prefix + "introspection-uri=" + issuer.uri() + "/introspect", prefix + "client-id=rs",
				prefix + "client-secret=secret-of-rs-in-outages",
				"mcp.remote.security.authorization-servers=" + issuer.uri());
	}

	private static RunningServer start(List<String> properties) {
		return RunningServer.secured(properties, Tools.class);
	}

	private static HttpResponse<String> call(RunningServer server, String token) {
		return new BearerClient(server, token).call("hello");
	}

	private static String challenge(HttpResponse<String> response) {
		return response.headers().firstValue("WWW-Authenticate").orElse("none");
	}

	static class Tools {

		@McpTool(name = "hello", description = "Greets")
		String hello() {
			return "hello";
		}

	}

}
