// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that can be wrong with a bearer token has an answer that names the class of
 * the fault and no value, and everything that is right lets the caller in.
 */
class BearerTokenTests {

	private static TestIssuer issuer;

	private static RunningServer server;

	@BeforeAll
	static void start() {
		issuer = new TestIssuer();
		List<String> properties = new ArrayList<>(issuer.properties());
		properties.add("mcp.remote.security.base-scopes=read:projects");
		properties.add("server.max-http-request-header-size=32KB");
		properties.add("mcp.remote.security.memory.faults-per-minute=100000");
		server = RunningServer.secured(properties, Tools.class);
	}

	@AfterAll
	static void stop() {
		server.close();
		issuer.close();
	}

	@Test
	void callWhenTokenIsGoodThenToolSeesTheCaller() {
		HttpResponse<String> response = call("Bearer " + issuer.token(server.resource(), "alice", "read:projects"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(text(response)).isEqualTo("alice [SCOPE_read:projects]");
	}

	@Test
	void callWhenSchemeIsInAnotherCaseThenLetIn() {
		assertThat(call("bEARER   " + issuer.token(server.resource(), "alice")).statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenAccessTokenTypeThenLetIn() {
		String token = issuer.token(issuer.publicKey(), new JOSEObjectType("at+jwt"), server.resource(), "alice",
				(claims) -> {
				});
		assertThat(call("Bearer " + token).statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenClientActsForItselfThenItIsTheCaller() {
		String token = issuer.token(server.resource(), null, (claims) -> claims.subject(null));
		assertThat(call("Bearer " + token).statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenNoTokenThenChallengeWithoutError() {
		HttpResponse<String> response = server.modern(ModernRequest.of("tools/list"));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(challenge(response))
			.isEqualTo("Bearer scope=\"read:projects\", resource_metadata=\"" + metadata() + "\"");
		JsonNode body = RunningServer.json(response);
		assertThat(body.at("/error/code").asInt()).isEqualTo(1401);
		assertThat(body.has("id")).isFalse();
	}

	@ParameterizedTest
	@MethodSource
	void callWhenTokenIsBadThenSaysWhatKindOfFault(String name, Function<RunningServer, String> header, String fault) {
		String authorization = header.apply(server);
		HttpResponse<String> response = call(authorization);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(challenge(response)).isEqualTo("Bearer error=\"invalid_token\", error_description=\"" + fault
				+ "\", scope=\"read:projects\", resource_metadata=\"" + metadata() + "\"");
		String token = authorization.substring(authorization.indexOf(' ') + 1);
		if (!token.isBlank()) {
			assertThat(response.body()).doesNotContain(token);
		}
		assertThat(response.body()).doesNotContain("Exception", "java.", "io.mcpremote.", "nimbus", "mallory");
		// Nor when it is found in the memory of bad tokens
		assertThat(challenge(call(authorization))).isEqualTo(challenge(response));
	}

	static Stream<Object[]> callWhenTokenIsBadThenSaysWhatKindOfFault() {
		RSAKey other = TestIssuer.key("k1");
		return Stream.of(fault("no scheme", (url) -> "abc", "it is malformed"),
				fault("another scheme", (url) -> "Basic YTpi", "it is malformed"),
				fault("empty", (url) -> "Bearer ", "it is malformed"),
				fault("illegal characters", (url) -> "Bearer a b", "it is malformed"),
				fault("no JWT", (url) -> "Bearer abc", "it is malformed"),
				fault("garbage in three parts", (url) -> "Bearer a.b.c", "its signature cannot be verified"),
				fault("too long", (url) -> "Bearer " + "a".repeat(8193), "it is too long"),
				fault("expired",
						token((claims) -> claims.issueTime(Date.from(Instant.now().minusSeconds(600)))
							.expirationTime(Date.from(Instant.now().minusSeconds(61)))),
						"it has expired"),
				fault("no expiry", token((claims) -> claims.expirationTime(null)), "it does not say when it expires"),
				fault("not yet valid",
						token((claims) -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(90)))),
						"it is not valid yet"),
				fault("wrong issuer", token((claims) -> claims.issuer("https://mallory.example")),
						"it is from another issuer"),
				fault("no issuer", token((claims) -> claims.issuer(null)), "it is from another issuer"),
				fault("wrong audience", token((claims) -> claims.audience("https://mallory.example/mcp")),
						"it is not meant for this server"),
				fault("audience is a prefix", (url) -> "Bearer " + issuer.token(url + "/", "mallory"),
						"it is not meant for this server"),
				fault("no audience", token((claims) -> claims.audience((String) null)),
						"it is not meant for this server"),
				fault("bound to a key", token((claims) -> claims.claim("cnf", Map.of("jkt", "abc"))),
						"it is bound to a key, and no proof of possession came with it"),
				fault("bound in another way", token((claims) -> claims.claim("cnf", Map.of("x5t#S256", "abc"))),
						"it is bound to a key, and no proof of possession came with it"),
				fault("another key of the same name",
						(url) -> "Bearer " + issuer.token(other, JOSEObjectType.JWT, url, "mallory", (claims) -> {
						}), "its signature cannot be verified"),
				fault("an ID token", (url) -> "Bearer "
						+ issuer.token(issuer.publicKey(), new JOSEObjectType("id+jwt"), url, "mallory", (claims) -> {
						}), "it is not an access token"),
				fault("no algorithm", (url) -> "Bearer " + new PlainJWT(claims(url)).serialize(),
						"its signature cannot be verified"),
				fault("no algorithm and a signature", (url) -> "Bearer " + new PlainJWT(claims(url)).serialize() + "eA",
						"its signature cannot be verified"),
				fault("the right key with RS512", (url) -> signed(JWSAlgorithm.RS512, url),
						"its signature cannot be verified"),
				fault("the right key with PS256", (url) -> signed(JWSAlgorithm.PS256, url),
						"its signature cannot be verified"),
				fault("padding", (url) -> "Bearer " + issuer.token(url, "mallory") + "=",
						"its signature cannot be verified"),
				fault("padding of both signs", (url) -> "Bearer " + issuer.token(url, "mallory") + "==",
						"its signature cannot be verified"),
				fault("a letter that is none of base64url", (url) -> "Bearer " + issuer.token(url, "mallory") + "~",
						"its signature cannot be verified"),
				fault("public key as a secret", BearerTokenTests::confused, "its signature cannot be verified"),
				fault("changed payload", (url) -> {
					String[] parts = issuer.token(url, "alice").split("\\.");
					String payload = new String(Base64.getUrlDecoder().decode(parts[1])).replace("alice", "mallory");
					return "Bearer " + parts[0] + "."
							+ Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes()) + "."
							+ parts[2];
				}, "its signature cannot be verified"));
	}

	@Test
	void callWhenSignatureIsAnothersThenNeitherTokenIsTakenForTheOther() {
		String first = issuer.token(server.resource(), "alice");
		String second = issuer.token(server.resource(), "bob");
		String forged = first.substring(0, first.lastIndexOf('.')) + second.substring(second.lastIndexOf('.'));
		assertThat(challenge(call("Bearer " + forged))).contains("its signature cannot be verified");
		// Neither from memory of bad tokens
		assertThat(call("Bearer " + first).statusCode()).isEqualTo(200);
		// Nor from that of good ones
		assertThat(challenge(call("Bearer " + forged))).contains("its signature cannot be verified");
		String again = first.substring(0, first.lastIndexOf('.')) + ".AAAA";
		assertThat(challenge(call("Bearer " + again))).contains("its signature cannot be verified");
	}

	@Test
	void callWhenTwoHeadersThenRefused() {
		String token = issuer.token(server.resource(), "alice");
		ModernRequest request = ModernRequest.callTool("whoami", Map.of());
		HttpResponse<String> response = server.send(server.request(request.body())
			.headers(request.headers())
			.header("Authorization", "Bearer " + token)
			.header("Authorization", "Bearer " + token)
			.build());
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(challenge(response)).contains("it is malformed");
	}

	@Test
	void callWhenTokenIsInQueryThenNotRead() {
		String token = issuer.token(server.resource(), "alice");
		HttpResponse<String> response = server
			.send(HttpRequest.newBuilder(URI.create(server.uri() + "?access_token=" + token))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"))
				.build());
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(challenge(response)).doesNotContain("error");
	}

	@Test
	void streamAndEndWhenNoTokenThenChallenge() {
		for (String method : List.of("GET", "DELETE")) {
			HttpResponse<String> response = server.send(HttpRequest.newBuilder(server.uri())
				.method(method, HttpRequest.BodyPublishers.noBody())
				.header("Accept", "text/event-stream")
				.build());
			assertThat(response.statusCode()).as(method).isEqualTo(401);
			assertThat(challenge(response)).as(method).startsWith("Bearer ");
		}
	}

	@Test
	void preflightThenNotChallenged() {
		HttpResponse<String> response = server.send(HttpRequest.newBuilder(server.uri())
			.method("OPTIONS", HttpRequest.BodyPublishers.noBody())
			.header("Origin", "http://localhost:1234")
			.header("Access-Control-Request-Method", "POST")
			.header("Access-Control-Request-Headers", "authorization")
			.build());
		assertThat(response.statusCode()).isEqualTo(204);
		assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
			.hasValueSatisfying((headers) -> assertThat(headers).contains("Authorization"));
	}

	@Test
	void callFromPageWhenNoTokenThenPageMayReadTheChallenge() {
		ModernRequest request = ModernRequest.of("tools/list");
		HttpResponse<String> response = server.send(server.request(request.body())
			.headers(request.headers())
			.header("Origin", "http://localhost:1234")
			.build());
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("http://localhost:1234");
		assertThat(response.headers().firstValue("Access-Control-Expose-Headers"))
			.hasValueSatisfying((headers) -> assertThat(headers).contains("WWW-Authenticate"));
	}

	private static Object[] fault(String name, Function<String, String> header, String fault) {
		Function<RunningServer, String> of = (running) -> header
			.apply(running.uri().toString().replace("127.0.0.1", "localhost"));
		return new Object[] { name, of, fault };
	}

	private static Function<String, String> token(Consumer<JWTClaimsSet.Builder> changes) {
		return (url) -> "Bearer " + issuer.token(url, "mallory", changes);
	}

	private static JWTClaimsSet claims(String url) {
		return new JWTClaimsSet.Builder().issuer(issuer.uri())
			.subject("mallory")
			.audience(url)
			.expirationTime(Date.from(Instant.now().plusSeconds(300)))
			.build();
	}

	private static String signed(JWSAlgorithm algorithm, String url) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID("k1").build(), claims(url));
			token.sign(new RSASSASigner(issuer.publicKey()));
			return "Bearer " + token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String confused(String url) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), claims(url));
			token.sign(new MACSigner(issuer.publicKey().toRSAPublicKey().getEncoded()));
			return "Bearer " + token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static HttpResponse<String> call(String authorization) {
		ModernRequest request = ModernRequest.callTool("whoami", Map.of());
		return server.send(server.request(request.body())
			.headers(request.headers())
			.header("Authorization", authorization)
			.build());
	}

	private static String metadata() {
		return "http://localhost:" + server.port() + "/.well-known/oauth-protected-resource/mcp";
	}

	private static String challenge(HttpResponse<String> response) {
		return response.headers().firstValue("WWW-Authenticate").orElse("none");
	}

	private static String text(HttpResponse<String> response) {
		return RunningServer.json(response).at("/result/content/0/text").asString();
	}

	static class Tools {

		@McpTool(name = "whoami", description = "Tells who calls")
		String whoami() {
			Authentication caller = SecurityContextHolder.getContext().getAuthentication();
			return caller.getName() + " "
					+ caller.getAuthorities()
						.stream()
						.map(Object::toString)
						.filter((name) -> name.startsWith("SCOPE_"))
						.toList();
		}

	}

}
