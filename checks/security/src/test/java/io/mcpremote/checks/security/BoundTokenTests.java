// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens that the authorization server has bound to a key of the client are of no use
 * without it.
 */
@ExtendWith(Secrets.class)
class BoundTokenTests {

	private static final ClientKey KEY = new ClientKey();

	private static McpServer server;

	private static McpServer requiring;

	private static String token;

	@BeforeAll
	static void start() {
		server = McpServer.start();
		requiring = McpServer.start("mcp.remote.security.dpop.required=true");
		token = KEY.token(server.resource(), "read:projects");
	}

	@AfterAll
	static void stop() {
		server.close();
		requiring.close();
	}

	@Test
	void callWhenClientHasTheKeyThenServed() {
		HttpResponse<String> response = call(server, token, KEY.proof("POST", server.resource(), token));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(McpServer.text(response)).isEqualTo("machine-client [read:projects]");
	}

	@Test
	void callWhenHostIsSpoofedThenProofIsStillForThePublicUrl() {
		String proof = KEY.proof("POST", "https://evil.example/mcp", token);
		HttpResponse<String> response = server.modern(null, "tools/call", Map.of("name", "whoami"), "Authorization",
				"DPoP " + token, "DPoP", proof, "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https");
		assertThat(response.statusCode()).isEqualTo(401);
	}

	@Test
	void callWhenTokenIsShownAsAnyOtherThenRefused() {
		HttpResponse<String> response = server.callTool(token, "whoami");
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(Challenge.of(response).error()).isEqualTo("invalid_token");
		HttpResponse<String> besideProof = server.modern(token, "tools/call", Map.of("name", "whoami"), "DPoP",
				KEY.proof("POST", server.resource(), token));
		assertThat(besideProof.statusCode()).isEqualTo(401);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void callWhenProofIsBadThenChallengedForAnother(String name, Function<String, String> proofs) {
		HttpResponse<String> response = call(server, token, proofs.apply(server.resource()));
		assertThat(response.statusCode()).isEqualTo(401);
		Challenge challenge = Challenge.of(response);
		assertThat(challenge.scheme()).isEqualTo("DPoP");
		assertThat(challenge.error()).isEqualTo("invalid_dpop_proof");
		assertThat(challenge.metadata()).isEqualTo(server.metadata());
		assertThat(challenge.parameters().get("algs")).contains("ES256");
	}

	static Stream<Object[]> callWhenProofIsBadThenChallengedForAnother() {
		return Stream.of(bad("none", (uri) -> null), bad("no JWT", (uri) -> "abc"),
				bad("for another method", (uri) -> KEY.proof("GET", uri, token)),
				bad("for another URL", (uri) -> KEY.proof("POST", uri + "/more", token)),
				bad("for another token",
						(uri) -> KEY.proof("POST", uri, AuthorizationServer.machineToken(uri, "read:projects"))),
				bad("for no token", (uri) -> KEY.proof("POST", uri, null)));
	}

	@Test
	void callWhenTokenIsStolenThenTheThiefHasNoProof() {
		HttpResponse<String> response = call(server, token, new ClientKey().proof("POST", server.resource(), token));
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(Challenge.of(response).scheme()).isEqualTo("DPoP");
		// So RFC 9449 has it: the proof is a good one, for another token
		assertThat(Challenge.of(response).error()).isEqualTo("invalid_token");
	}

	@Test
	void callWhenProofIsUsedAgainThenRefused() {
		String proof = KEY.proof("POST", server.resource(), token);
		assertThat(call(server, token, proof).statusCode()).isEqualTo(200);
		assertThat(call(server, token, proof).statusCode()).isEqualTo(401);
	}

	@Test
	void callWhenScopeIsMissingThenChallenged() {
		HttpResponse<String> response = server.modern(null, "tools/call", Map.of("name", "rename_project"),
				"Authorization", "DPoP " + token, "DPoP", KEY.proof("POST", server.resource(), token));
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(Challenge.of(response).error()).isEqualTo("insufficient_scope");
		assertThat(Challenge.of(response).scopes()).containsExactly("write:projects");
	}

	@Test
	void callWhenKeysAreRequiredAndThereIsNoTokenThenChallengeSaysSo() {
		HttpResponse<String> response = requiring.callTool(null, "whoami");
		assertThat(response.statusCode()).isEqualTo(401);
		Challenge challenge = Challenge.of(response);
		assertThat(challenge.scheme()).isEqualTo("DPoP");
		assertThat(challenge.parameters()).containsOnlyKeys("algs", "scope", "resource_metadata");
		assertThat(challenge.metadata()).isEqualTo(requiring.metadata());
		assertThat(Http.json(Http.get(requiring.metadata())).get("dpop_bound_access_tokens_required").asBoolean())
			.isTrue();
	}

	@Test
	void callWhenKeysAreRequiredThenOnlyBoundTokensAreAccepted() {
		String plain = AuthorizationServer.machineToken(requiring.resource(), "read:projects");
		assertThat(requiring.callTool(plain, "whoami").statusCode()).isEqualTo(401);
		assertThat(call(requiring, plain, KEY.proof("POST", requiring.resource(), plain)).statusCode()).isEqualTo(401);
		String bound = KEY.token(requiring.resource(), "read:projects");
		assertThat(call(requiring, bound, KEY.proof("POST", requiring.resource(), bound)).statusCode()).isEqualTo(200);
	}

	private static HttpResponse<String> call(McpServer server, String token, String proof) {
		String[] headers = (proof != null) ? new String[] { "Authorization", "DPoP " + token, "DPoP", proof }
				: new String[] { "Authorization", "DPoP " + token };
		return server.modern(null, "tools/call", Map.of("name", "whoami", "arguments", Map.of()), headers);
	}

	private static Object[] bad(String name, Function<String, String> proofs) {
		return new Object[] { name, proofs };
	}

}
