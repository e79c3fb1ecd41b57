// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.oauth2.jwt.JwtClaimsSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which tokens are accepted, and what callers are told whose are not.
 */
@ExtendWith(Secrets.class)
class TokenTests {

	private static McpServer server;

	@BeforeAll
	static void start() {
		server = McpServer.start("mcp.remote.security.memory.faults-per-minute=100000");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void callWhenUserHasSignedInThenToolSeesTheUser() {
		String token = AuthorizationServer.userToken("alice", server.resource(), "read:projects");
		HttpResponse<String> response = server.callTool(token, "whoami");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(McpServer.text(response)).isEqualTo("alice [read:projects]");
	}

	@Test
	void callWhenClientActsForItselfThenToolSeesTheClient() {
		String token = AuthorizationServer.machineToken(server.resource(), "read:projects", "write:projects");
		assertThat(McpServer.text(server.callTool(token, "whoami")))
			.isEqualTo("machine-client [read:projects, write:projects]");
	}

	@Test
	void callOfOlderRevisionWhenTokenIsGoodThenLetIn() {
		String token = AuthorizationServer.machineToken(server.resource(), "read:projects");
		assertThat(McpServer.text(server.legacy(token, "tools/call", Map.of("name", "whoami", "arguments", Map.of()))))
			.isEqualTo("machine-client [read:projects]");
	}

	@Test
	void callWhenTokenIsForSeveralResourcesThenLetIn() {
		String token = AuthorizationServer
			.accessToken(AuthorizationServer.token(Map.of("grant_type", "client_credentials", "scope", "read:projects",
					"resource", List.of("https://other.example/mcp", server.resource()))));
		assertThat(server.callTool(token, "whoami").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "server/discover", "tools/list", "tools/call", "subscriptions/listen", "no/such" })
	void requestWhenNoTokenThenChallengedWithoutError(String method) {
		HttpResponse<String> response = server.modern(null, method, Map.of("name", "whoami"));
		assertChallengedWithoutError(response);
	}

	@ParameterizedTest
	@ValueSource(strings = { "initialize", "tools/list", "tools/call", "ping", "no/such" })
	void requestOfOlderRevisionWhenNoTokenThenChallengedWithoutError(String method) {
		assertChallengedWithoutError(server.legacy(null, method, Map.of("name", "whoami")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "DELETE", "PUT", "HEAD" })
	void requestOfAnotherMethodWhenNoTokenThenChallenged(String method) {
		HttpResponse<String> response = Http.send(Http.request(server.resource(), "Accept", "text/event-stream")
			.method(method, HttpRequest.BodyPublishers.noBody()));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(Challenge.of(response).metadata()).isEqualTo(server.metadata());
	}

	@Test
	void requestWhenNoTokenAndBodyIsBadThenChallengedFirst() {
		for (String body : List.of("", "{", "[]", "null", "\u0000")) {
			assertChallengedWithoutError(
					Http.send(Http.request(server.resource(), "Content-Type", "application/json", "Accept", "*/*")
						.POST(HttpRequest.BodyPublishers.ofString(body))));
		}
	}

	@Test
	void requestWhenTokenIsInQueryThenNotRead() {
		String token = AuthorizationServer.machineToken(server.resource(), "read:projects");
		for (String parameter : List.of("access_token", "token", "bearer")) {
			assertChallengedWithoutError(Http.send(
					Http.request(server.resource() + "?" + parameter + "=" + token, "Content-Type", "application/json")
						.POST(HttpRequest.BodyPublishers.ofString("{}"))));
		}
	}

	@Test
	void requestWhenTokenIsInFormThenNotRead() {
		String token = AuthorizationServer.machineToken(server.resource(), "read:projects");
		assertChallengedWithoutError(Http.post(server.resource(), Map.of("access_token", token)));
	}

	@Test
	void requestWhenTokenIsInCookieThenNotRead() {
		String token = AuthorizationServer.machineToken(server.resource(), "read:projects");
		assertChallengedWithoutError(server.modern(null, "tools/list", Map.of(), "Cookie",
				"access_token=" + token + "; Authorization=" + token));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void callWhenTokenIsBadThenInvalidToken(String name, Function<String, String> tokens, String fault) {
		HttpResponse<String> response = server.callTool(tokens.apply(server.resource()), "whoami");
		assertThat(response.statusCode()).isEqualTo(401);
		Challenge challenge = Challenge.of(response);
		assertThat(challenge.scheme()).isEqualTo("Bearer");
		assertThat(challenge.parameters()).isEqualTo(Map.of("error", "invalid_token", "error_description", fault,
				"scope", "read:projects", "resource_metadata", server.metadata()));
		assertThat(Http.json(response).at("/error/code").asInt()).isEqualTo(1401);
	}

	static Stream<Object[]> callWhenTokenIsBadThenInvalidToken() {
		return Stream.of(
				bad("for another resource",
						(resource) -> AuthorizationServer.machineToken("https://other.example/mcp", "read:projects"),
						"it is not meant for this server"),
				bad("for the origin",
						(resource) -> AuthorizationServer
							.machineToken(resource.substring(0, resource.length() - "/mcp".length()), "read:projects"),
						"it is not meant for this server"),
				bad("for a resource below",
						(resource) -> AuthorizationServer.machineToken(resource + "/more", "read:projects"),
						"it is not meant for this server"),
				bad("for no resource", (resource) -> AuthorizationServer.machineToken(null, "read:projects"),
						"it is not meant for this server"),
				bad("expired",
						wrong((claims) -> claims.issuedAt(Instant.now().minusSeconds(600))
							.expiresAt(Instant.now().minusSeconds(90))),
						"it has expired"),
				bad("not valid yet", wrong((claims) -> claims.notBefore(Instant.now().plusSeconds(90))),
						"it is not valid yet"),
				bad("of another issuer", wrong((claims) -> claims.issuer("https://mallory.example")),
						"it is from another issuer"),
				bad("of no issuer", wrong((claims) -> claims.claims((all) -> all.remove("iss"))),
						"it is from another issuer"),
				bad("unsigned", TokenTests::unsigned, "its signature cannot be verified"),
				bad("signed with the public key", TokenTests::confused, "its signature cannot be verified"),
				bad("changed", TokenTests::changed, "its signature cannot be verified"), bad("cut off", (resource) -> {
					String token = AuthorizationServer.machineToken(resource, "read:projects");
					return token.substring(0, token.lastIndexOf('.') + 1);
				}, "its signature cannot be verified"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer", "Bearer ", "Bearer a b", "Bearer \"a\"", "Basic bWFjaGluZTptYWNoaW5l",
			"Token abc", "Bearer=abc", "abc", "Negotiate abc", "Bearer, Bearer" })
	void callWhenHeaderIsMalformedThenInvalidToken(String header) {
		HttpResponse<String> response = server.modern(null, "tools/list", Map.of(), "Authorization", header);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(Challenge.of(response).error()).isEqualTo("invalid_token");
	}

	@Test
	void callWhenTwoTokensThenInvalidToken() {
		String token = AuthorizationServer.machineToken(server.resource(), "read:projects");
		HttpResponse<String> response = server.modern(token, "tools/list", Map.of(), "Authorization",
				"Bearer " + token);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(Challenge.of(response).error()).isEqualTo("invalid_token");
	}

	@Test
	void callWhenTokenWasUsedBeforeThenEachRequestIsAuthenticated() {
		String token = AuthorizationServer.machineToken(server.resource(), "read:projects");
		assertThat(server.callTool(token, "whoami").statusCode()).isEqualTo(200);
		assertChallengedWithoutError(server.callTool(null, "whoami"));
		assertThat(server.callTool(token.substring(0, token.length() - 8) + "AAAAAAAA", "whoami").statusCode())
			.isEqualTo(401);
		assertThat(server.callTool(token, "whoami").statusCode()).isEqualTo(200);
	}

	@Test
	void answerWhenTokenIsBadThenContainsNothingOfIt() {
		String token = AuthorizationServer.wrongToken(server.resource(),
				(claims) -> claims.issuer("https://mallory.example").subject("mallory"));
		HttpResponse<String> response = server.callTool(token, "whoami");
		assertThat(response.body() + response.headers().map()).doesNotContain("mallory", token.substring(0, 20),
				"Exception", "nimbus");
	}

	private static void assertChallengedWithoutError(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(401);
		Challenge challenge = Challenge.of(response);
		assertThat(challenge.scheme()).isEqualTo("Bearer");
		assertThat(challenge.scopes()).isEqualTo(Set.of("read:projects"));
		assertThat(challenge.metadata()).isEqualTo(server.metadata());
		assertThat(challenge.parameters()).containsOnlyKeys("scope", "resource_metadata");
	}

	private static Object[] bad(String name, Function<String, String> tokens, String fault) {
		return new Object[] { name, tokens, fault };
	}

	private static Function<String, String> wrong(Consumer<JwtClaimsSet.Builder> changes) {
		return (resource) -> AuthorizationServer.wrongToken(resource, changes);
	}

	private static String unsigned(String resource) {
		return Secrets.remember(new PlainJWT(claims(resource)).serialize());
	}

	private static String confused(String resource) {
		try {
			SignedJWT token = new SignedJWT(
					new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(AuthorizationServer.key().getKeyID()).build(),
					claims(resource));
			token.sign(new MACSigner(AuthorizationServer.key().toRSAPublicKey().getEncoded()));
			return Secrets.remember(token.serialize());
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String changed(String resource) {
		String[] parts = AuthorizationServer.machineToken(resource, "read:projects").split("\\.");
		String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
		String changed = payload.replace("read:projects", "admin:projects");
		assertThat(changed).isNotEqualTo(payload);
		return Secrets.remember(parts[0] + "."
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8)) + "."
				+ parts[2]);
	}

	private static JWTClaimsSet claims(String resource) {
		try {
			return JWTClaimsSet.parse(Map.of("iss", AuthorizationServer.uri(), "sub", "mallory", "aud", resource, "exp",
					Instant.now().plusSeconds(300).getEpochSecond()));
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
