// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.ProofKey;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators may decide about tokens that are bound to a key.
 */
class RequiredProofTests {

	private final TestIssuer issuer = new TestIssuer();

	private final ProofKey key = ProofKey.create();

	private RunningServer server;

	@AfterEach
	void stop() {
		if (this.server != null) {
			this.server.close();
		}
		this.issuer.close();
	}

	@Test
	void callWhenProofIsRequiredThenPlainTokensAreRefused() {
		start("mcp.remote.security.dpop.required=true", "mcp.remote.security.dpop.jws-algorithms=ES256");
		HttpResponse<String> nothing = call(null, null);
		assertThat(nothing.statusCode()).isEqualTo(401);
		assertThat(challenge(nothing)).isEqualTo("DPoP algs=\"ES256\", resource_metadata=\"http://localhost:"
				+ this.server.port() + "/.well-known/oauth-protected-resource/mcp\"");
		HttpResponse<String> plain = call("Bearer " + this.issuer.token(this.server.resource(), "alice"), null);
		assertThat(plain.statusCode()).isEqualTo(401);
		assertThat(challenge(plain)).startsWith("DPoP ")
			.contains("error=\"invalid_token\"", "it is not bound to a key");
		assertThat(callWithProof().statusCode()).isEqualTo(200);
		HttpResponse<String> metadata = this.server.send(
				HttpRequest.newBuilder(this.server.uri().resolve("/.well-known/oauth-protected-resource/mcp")).build());
		assertThat(RunningServer.json(metadata).get("dpop_bound_access_tokens_required").asBoolean()).isTrue();
	}

	@Test
	void callWhenProofsAreSwitchedOffThenBoundTokensAreRefused() {
		start("mcp.remote.security.dpop.enabled=false");
		HttpResponse<String> response = callWithProof();
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(challenge(response)).startsWith("Bearer error=\"invalid_token\"");
		HttpResponse<String> metadata = this.server.send(
				HttpRequest.newBuilder(this.server.uri().resolve("/.well-known/oauth-protected-resource/mcp")).build());
		assertThat(metadata.body()).doesNotContain("dpop");
	}

	@Test
	void callWhenUsedProofsCannotBeRememberedThenUnavailable() {
		start(Forgetful.class);
		HttpResponse<String> response = callWithProof();
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
		assertThat(response.body()).doesNotContain("store is down");
	}

	@Test
	void callWhenMemoryIsFullThenUnavailableInsteadOfReplayable() {
		start("mcp.remote.security.dpop.max-proofs=20");
		assertThat(callWithProof().statusCode()).isEqualTo(200);
		assertThat(callWithProof().statusCode()).isEqualTo(200);
		assertThat(callWithProof().statusCode()).isEqualTo(503);
	}

	private void start(String... properties) {
		List<String> all = new ArrayList<>(this.issuer.properties());
		all.addAll(List.of(properties));
		this.server = RunningServer.secured(all, Tools.class);
	}

	private void start(Class<?> component) {
		this.server = RunningServer.secured(this.issuer.properties(), Tools.class, component);
	}

	private HttpResponse<String> callWithProof() {
		String token = this.issuer.token(this.server.resource(), "alice",
				(claims) -> claims.claim("cnf", this.key.confirmation()));
		return call("DPoP " + token, this.key.proof("POST", this.server.resource(), token));
	}

	private HttpResponse<String> call(String authorization, String proof) {
		ModernRequest request = ModernRequest.callTool("ping", Map.of());
		HttpRequest.Builder message = this.server.request(request.body()).headers(request.headers());
		if (authorization != null) {
			message.header("Authorization", authorization);
		}
		if (proof != null) {
			message.header("DPoP", proof);
		}
		return this.server.send(message.build());
	}

	private static String challenge(HttpResponse<String> response) {
		return response.headers().firstValue("WWW-Authenticate").orElse("none");
	}

	static class Tools {

		@McpTool(name = "ping", description = "Answers")
		String ping() {
			return "pong";
		}

	}

	static class Forgetful {

		@Bean
		UsedProofs usedProofs() {
			return (key, id, expires) -> {
				throw new IllegalStateException("The store is down");
			};
		}

	}

}
