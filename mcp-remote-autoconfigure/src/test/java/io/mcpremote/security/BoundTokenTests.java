// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.ProofKey;
import io.mcpremote.test.RawConnection;
import io.mcpremote.test.RawRequest;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token that is bound to a key is good for nothing without a proof that was made for
 * the very request.
 */
class BoundTokenTests {

	private static final ProofKey KEY = ProofKey.create();

	private static TestIssuer issuer;

	private static RunningServer server;

	private static String token;

	@BeforeAll
	static void start() {
		issuer = new TestIssuer();
		List<String> properties = new ArrayList<>(issuer.properties());
		properties.add("mcp.remote.security.base-scopes=read:projects");
		properties.add("server.max-http-request-header-size=32KB");
		properties.add("mcp.remote.security.memory.faults-per-minute=100000");
		properties
			.add("spring.security.oauth2.resourceserver.opaquetoken.introspection-uri=" + issuer.uri() + "/introspect");
		properties.add("spring.security.oauth2.resourceserver.opaquetoken.client-id=server");
		properties.add("spring.security.oauth2.resourceserver.opaquetoken.client-secret=secret-of-bound-tokens");
		server = RunningServer.secured(properties, Tools.class);
		token = issuer.token(server.resource(), "alice", (claims) -> claims.claim("cnf", KEY.confirmation()));
	}

	@AfterAll
	static void stop() {
		server.close();
		issuer.close();
	}

	@Test
	void callWhenProofIsGoodThenToolSeesTheCaller() {
		for (int i = 0; i < 3; i++) {
			HttpResponse<String> response = call(KEY.proof("POST", server.resource(), token));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(RunningServer.json(response).at("/result/content/0/text").asString()).isEqualTo("alice");
		}
	}

	@Test
	void callWhenKeyIsRsaThenLetIn() {
		for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256)) {
			ProofKey key = new ProofKey(TestIssuer.key("client"), algorithm);
			String bound = issuer.token(server.resource(), "alice",
					(claims) -> claims.claim("cnf", key.confirmation()));
			assertThat(call("DPoP " + bound, key.proof("POST", server.resource(), bound)).statusCode())
				.as("%s", algorithm)
				.isEqualTo(200);
		}
	}

	@Test
	void callWhenTokenIsIntrospectedThenProofCounts() {
		issuer.activate("opaque-token-that-is-bound", Map.of("active", true, "sub", "alice", "aud", server.resource(),
				"cnf", KEY.confirmation(), "exp", Instant.now().plusSeconds(300).getEpochSecond()));
		assertThat(call("DPoP opaque-token-that-is-bound",
				KEY.proof("POST", server.resource(), "opaque-token-that-is-bound"))
			.statusCode()).isEqualTo(200);
		assertThat(challenge(call("DPoP opaque-token-that-is-bound", KEY.proof("POST", server.resource(), token))))
			.contains("invalid_dpop_proof");
		assertThat(challenge(call("Bearer opaque-token-that-is-bound",
				KEY.proof("POST", server.resource(), "opaque-token-that-is-bound"))))
			.contains("it is bound to a key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP://LOCALHOST:%d/mcp", "http://localhost:%d/mcp?a=b", "http://localhost:%d/mcp#a",
			"http://localhost:%d/mcp/", "http://localhost:%d/a/../mcp" })
	void callWhenTargetIsWrittenInAnotherWayThenLetIn(String target) {
		String uri = target.formatted(server.port());
		assertThat(call(KEY.proof("POST", uri, token)).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@MethodSource
	void callWhenProofIsBadThenSaysWhatKindOfFault(String name, BiFunction<String, String, List<String>> proofs,
			String error, String fault) {
		HttpResponse<String> response = call("DPoP " + token,
				proofs.apply(server.resource(), token).toArray(String[]::new));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(challenge(response))
			.isEqualTo("DPoP algs=\"ES256 PS256 RS256\", error=\"" + error + "\", error_description=\"" + fault
					+ "\", scope=\"read:projects\", resource_metadata=\"http://localhost:" + server.port()
					+ "/.well-known/oauth-protected-resource/mcp\"");
		JsonNode body = RunningServer.json(response);
		assertThat(body.at("/error/code").asInt()).isEqualTo(1401);
		assertThat(body.at("/error/message").asString()).contains(fault);
		assertThat(response.body()).doesNotContain(token, "Exception", "nimbus", "mallory");
	}

	static Stream<Object[]> callWhenProofIsBadThenSaysWhatKindOfFault() {
		String proof = "the proof of possession is missing or not valid";
		String target = "the proof of possession is for another request";
		String time = "the proof of possession is too old, or its clock and this one differ";
		ProofKey other = ProofKey.create();
		return Stream.of(bad("missing", proof, (uri, token) -> List.of()),
				bad("empty", proof, (uri, token) -> List.of("")),
				bad("two headers", proof,
						(uri, token) -> List.of(KEY.proof("POST", uri, token), KEY.proof("POST", uri, token))),
				bad("two in one header", proof,
						(uri, token) -> List.of(KEY.proof("POST", uri, token) + ", " + KEY.proof("POST", uri, token))),
				bad("garbage", proof, (uri, token) -> List.of("a.b.c")),
				bad("no JWT", proof, (uri, token) -> List.of("mallory")),
				bad("too long", proof,
						(uri, token) -> List
							.of(KEY.proof("POST", uri, token, (claims) -> claims.claim("more", "a".repeat(8192))))),
				bad("the token itself", proof, (uri, token) -> List.of(token)),
				header("type of other tokens", (header) -> header.type(JOSEObjectType.JWT)),
				header("no type", (header) -> header.type(null)), header("no key", (header) -> header.jwk(null)),
				header("critical extension", (header) -> header.criticalParams(Set.of("exp")).customParam("exp", 1)),
				bad("algorithm not allowed", proof, (uri, token) -> {
					ProofKey rsa = new ProofKey(TestIssuer.key("client"), JWSAlgorithm.RS384);
					return List.of(rsa.proof("POST", uri, token));
				}), bad("no algorithm", proof, (uri, token) -> List.of(unsigned(uri, token))),
				bad("shared secret", proof, (uri, token) -> List.of(symmetric(uri, token))),
				bad("public key as a secret", proof, (uri, token) -> List.of(confused(uri, token))),
				bad("private key", proof, (uri, token) -> List.of(disclosed(uri, token))),
				bad("changed payload", proof, (uri, token) -> {
					String[] parts = KEY.proof("GET", uri, token).split("\\.");
					String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
					return List.of(parts[0] + "." + base64(payload.replace("GET", "POST")) + "." + parts[2]);
				}),
				new Object[] { "another key",
						(BiFunction<String, String, List<String>>) (uri, token) -> List
							.of(other.proof("POST", uri, token)),
						"invalid_token", "it is bound to another key than that of the proof" },
				claims("no id", proof, (claims) -> claims.jwtID(null)),
				claims("empty id", proof, (claims) -> claims.jwtID("")),
				claims("id is a number", proof, (claims) -> claims.claim("jti", 17)),
				claims("no time", proof, (claims) -> claims.issueTime(null)),
				claims("no time but an expiry", proof,
						(claims) -> claims.issueTime(null).expirationTime(Date.from(Instant.now()))),
				claims("time is a text", proof, (claims) -> claims.claim("iat", "now")),
				claims("no hash of the token", proof, (claims) -> claims.claim("ath", null)),
				claims("hash of another token", proof, (claims) -> claims.claim("ath", "mallory")),
				claims("no method", target, (claims) -> claims.claim("htm", null)),
				claims("another method", target, (claims) -> claims.claim("htm", "GET")),
				claims("method in another case", target, (claims) -> claims.claim("htm", "post")),
				claims("no target", target, (claims) -> claims.claim("htu", null)),
				claims("another host", target, (claims) -> claims.claim("htu", "https://mallory.example/mcp")),
				claims("another port", target, (claims) -> claims.claim("htu", "http://localhost:1/mcp")),
				claims("another path", target,
						(claims) -> claims.claim("htu", claims.getClaims().get("htu") + "/other")),
				claims("another scheme", target,
						(claims) -> claims.claim("htu",
								claims.getClaims().get("htu").toString().replace("http:", "https:"))),
				claims("user in target", target,
						(claims) -> claims.claim("htu",
								claims.getClaims().get("htu").toString().replace("//", "//mallory@"))),
				claims("no URI", target, (claims) -> claims.claim("htu", "http://[")),
				claims("relative URI", target, (claims) -> claims.claim("htu", "/mcp")),
				claims("too old", time, (claims) -> claims.issueTime(Date.from(Instant.now().minusSeconds(310)))),
				claims("from the future", time,
						(claims) -> claims.issueTime(Date.from(Instant.now().plusSeconds(310)))));
	}

	@Test
	void callWhenClocksDifferWithinBoundsThenLetIn() {
		for (int seconds : List.of(-290, 290)) {
			assertThat(call(KEY.proof("POST", server.resource(), token,
					(claims) -> claims.issueTime(Date.from(Instant.now().plusSeconds(seconds)))))
				.statusCode()).as("%d seconds", seconds).isEqualTo(200);
		}
	}

	@Test
	void callWhenHostHeaderIsForgedThenTargetIsStillThePublicUrl() {
		String proof = KEY.proof("POST", "http://mallory.example/mcp", token);
		RawRequest request = RawRequest.post(ModernRequest.callTool("whoami", Map.of()))
			.set("Host", "mallory.example")
			.header("X-Forwarded-Host", "mallory.example")
			.header("Forwarded", "host=mallory.example")
			.header("Authorization", "DPoP " + token)
			.header("DPoP", proof);
		assertThat(RawConnection.send(server, request).status()).isEqualTo(401);
		RawRequest honest = RawRequest.post(ModernRequest.callTool("whoami", Map.of()))
			.set("Host", "whatever.example")
			.header("Authorization", "DPoP " + token)
			.header("DPoP", KEY.proof("POST", server.resource(), token));
		assertThat(RawConnection.send(server, honest).status()).isEqualTo(200);
	}

	@Test
	void callWhenProofIsUsedAgainThenRefused() {
		String proof = KEY.proof("POST", server.resource(), token);
		assertThat(call(proof).statusCode()).isEqualTo(200);
		HttpResponse<String> again = call(proof);
		assertThat(again.statusCode()).isEqualTo(401);
		assertThat(challenge(again)).contains("error=\"invalid_dpop_proof\"",
				"the proof of possession has been used before");
	}

	@Test
	void callWhenIdIsThatOfAnotherKeyThenLetIn() {
		ProofKey other = ProofKey.create();
		String bound = issuer.token(server.resource(), "bob", (claims) -> claims.claim("cnf", other.confirmation()));
		assertThat(call(KEY.proof("POST", server.resource(), token, (claims) -> claims.jwtID("1"))).statusCode())
			.isEqualTo(200);
		assertThat(call("DPoP " + bound, other.proof("POST", server.resource(), bound, (claims) -> claims.jwtID("1")))
			.statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenProofIsReplayedConcurrentlyThenOneIsLetIn() {
		for (int round = 0; round < 5; round++) {
			String proof = KEY.proof("POST", server.resource(), token);
			AtomicInteger letIn = new AtomicInteger();
			AtomicInteger refused = new AtomicInteger();
			Concurrently.run(16, (thread) -> {
				int status = call(proof).statusCode();
				((status == 200) ? letIn : refused).incrementAndGet();
			});
			assertThat(letIn).hasValue(1);
			assertThat(refused).hasValue(15);
		}
	}

	@Test
	void callWhenRefusedForItsTargetThenProofIsNotUsedUp() {
		String proof = KEY.proof("POST", server.resource(), token);
		assertThat(call("DPoP " + token, proof, proof).statusCode()).isEqualTo(401);
		assertThat(call(proof).statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenTokenIsNotBoundThenRefused() {
		String plain = issuer.token(server.resource(), "alice");
		HttpResponse<String> response = call("DPoP " + plain, KEY.proof("POST", server.resource(), plain));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(challenge(response)).startsWith("DPoP ")
			.contains("error=\"invalid_token\"", "it is not bound to a key");
	}

	@Test
	void callWhenBoundInAnotherWayThenRefused() {
		String bound = issuer.token(server.resource(), "alice",
				(claims) -> claims.claim("cnf", Map.of("x5t#S256", KEY.thumbprint())));
		HttpResponse<String> response = call("DPoP " + bound, KEY.proof("POST", server.resource(), bound));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(challenge(response)).contains("error=\"invalid_token\"");
	}

	@Test
	void callWhenBoundTokenComesAsBearerThenRefusedEvenWithProof() {
		HttpResponse<String> response = call("Bearer " + token, KEY.proof("POST", server.resource(), token));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(challenge(response)).startsWith("Bearer error=\"invalid_token\"");
	}

	@Test
	void callWhenTokenIsBadThenChallengeOfItsScheme() {
		String expired = issuer.token(server.resource(), "alice",
				(claims) -> claims.claim("cnf", KEY.confirmation())
					.issueTime(Date.from(Instant.now().minusSeconds(600)))
					.expirationTime(Date.from(Instant.now().minusSeconds(100))));
		HttpResponse<String> response = call("DPoP " + expired, KEY.proof("POST", server.resource(), expired));
		assertThat(challenge(response)).startsWith("DPoP algs=").contains("error=\"invalid_token\"", "it has expired");
	}

	@Test
	void metadataThenNamesAlgorithms() {
		JsonNode metadata = RunningServer.json(server
			.send(HttpRequest.newBuilder(server.uri().resolve("/.well-known/oauth-protected-resource/mcp")).build()));
		assertThat(RunningServer.plain(metadata.get("dpop_signing_alg_values_supported")))
			.isEqualTo(List.of("ES256", "PS256", "RS256"));
		assertThat(metadata.has("dpop_bound_access_tokens_required")).isFalse();
		assertThat(metadata.has("tls_client_certificate_bound_access_tokens")).isFalse();
	}

	private static Object[] bad(String name, String fault, BiFunction<String, String, List<String>> proofs) {
		return new Object[] { name, proofs, "invalid_dpop_proof", fault };
	}

	private static Object[] claims(String name, String fault, Consumer<JWTClaimsSet.Builder> changes) {
		return bad(name, fault, (uri, token) -> List.of(KEY.proof("POST", uri, token, changes)));
	}

	private static Object[] header(String name, Consumer<JWSHeader.Builder> changes) {
		return bad(name, "the proof of possession is missing or not valid", (uri, token) -> {
			JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("dpop+jwt"))
				.jwk(KEY.key().toPublicJWK());
			changes.accept(header);
			return List.of(KEY.sign(header.build(), payload(uri, token)));
		});
	}

	private static String unsigned(String uri, String token) {
		String header = "{\"typ\":\"dpop+jwt\",\"alg\":\"none\",\"jwk\":" + KEY.key().toPublicJWK().toJSONString()
				+ "}";
		return base64(header) + "." + base64(payload(uri, token).toString()) + ".";
	}

	private static String symmetric(String uri, String token) {
		byte[] secret = new byte[32];
		String key = "{\"kty\":\"oct\",\"k\":\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret)
				+ "\"}";
		return mac("{\"typ\":\"dpop+jwt\",\"alg\":\"HS256\",\"jwk\":" + key + "}", uri, token, secret);
	}

	private static String confused(String uri, String token) {
		String key = KEY.key().toPublicJWK().toJSONString();
		return mac("{\"typ\":\"dpop+jwt\",\"alg\":\"HS256\",\"jwk\":" + key + "}", uri, token,
				key.getBytes(StandardCharsets.UTF_8));
	}

	private static String mac(String header, String uri, String token, byte[] secret) {
		try {
			String signed = base64(header) + "." + base64(payload(uri, token).toString());
			return signed + "." + new MACSigner(Arrays.copyOf(secret, Math.max(32, secret.length)))
				.sign(new JWSHeader(JWSAlgorithm.HS256), signed.getBytes(StandardCharsets.US_ASCII));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A proof, good but for the private key in its header.
	 */
	private static String disclosed(String uri, String token) {
		String header = JSONObjectUtils
			.toJSONString(Map.of("typ", "dpop+jwt", "alg", "ES256", "jwk", KEY.key().toJSONObject()));
		try {
			String signed = base64(header) + "." + base64(payload(uri, token).toString());
			return signed + "." + new ECDSASigner(KEY.key().toECKey()).sign(new JWSHeader(JWSAlgorithm.ES256),
					signed.getBytes(StandardCharsets.US_ASCII));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static JWTClaimsSet payload(String uri, String token) {
		return ProofKey.claims("POST", uri, token, (claims) -> {
		});
	}

	private static String base64(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static HttpResponse<String> call(String proof) {
		return call("DPoP " + token, proof);
	}

	private static HttpResponse<String> call(String authorization, String... proofs) {
		ModernRequest request = ModernRequest.callTool("whoami", Map.of());
		HttpRequest.Builder message = server.request(request.body())
			.headers(request.headers())
			.header("Authorization", authorization);
		for (String proof : proofs) {
			message.header("DPoP", proof);
		}
		return server.send(message.build());
	}

	private static String challenge(HttpResponse<String> response) {
		return response.headers().firstValue("WWW-Authenticate").orElse("none");
	}

	static class Tools {

		@McpTool(name = "whoami", description = "Tells who calls")
		String whoami() {
			return SecurityContextHolder.getContext().getAuthentication().getName();
		}

	}

}
