// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mcpremote.security.TokenExchangeService.Answer;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.ProofKey;
import io.mcpremote.test.RunningServer;
import io.mcpremote.test.TestIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Neither credentials of callers nor those of this server are logged, not even where
 * Spring tells all it has.
 */
@ExtendWith(OutputCaptureExtension.class)
class TokenLogTests {

	private static final String CLIENT_SECRET = "secret-of-the-introspection";

	private static final String EXCHANGE_SECRET = "secret-of-the-exchange";

	private final MintedApiKey apiKey = new TestKeys(Clock.systemUTC()).key("carol", Duration.ofDays(1));

	private final TestIssuer issuer = new TestIssuer();

	private final TokenExchangeService service = TokenExchangeService.answering(Answer.ok("3 invoices"));

	private final TokenExchangeService exchange = new TokenExchangeService((request) -> Answer.token(
			(request.body().contains("grant_type=client_credentials")) ? "token-of-the-actor" : "token-for-the-service",
			300));

	@AfterEach
	void stop() {
		this.exchange.close();
		this.service.close();
		this.issuer.close();
	}

	@Test
	void callWhenEverythingIsLoggedThenNoSecretIs(CapturedOutput output) {
		try (RunningServer server = RunningServer.secured(properties(), Tools.class)) {
			String resource = "http://localhost:" + server.port() + "/mcp";
			ProofKey key = ProofKey.create();
			String jwt = this.issuer.token(resource, "alice", "read");
			String bound = this.issuer.token(resource, "alice", (claims) -> claims.claim("cnf", key.confirmation()));
			String proof = key.proof("POST", resource, bound);
			this.issuer.activate("opaque-token-of-bob",
					Map.of("active", true, "sub", "bob", "aud", resource, "client_id", "client"));
			assertThat(call(server, "Bearer " + jwt)).contains("3 invoices");
			assertThat(call(server, "DPoP " + bound, "DPoP", proof)).contains("3 invoices");
			assertThat(call(server, "Bearer opaque-token-of-bob")).contains("3 invoices");
			assertThat(call(server, "Bearer " + this.apiKey.token())).contains("\"isError\":true");
			call(server, "Bearer " + jwt + "x");
			call(server, "Bearer opaque-token-of-nobody");
			call(server, "Bearer " + this.apiKey.token() + "x");
			this.issuer.failWith(500);
			call(server, "Bearer opaque-token-during-an-outage");
			// Or nothing would be proved
			assertThat(this.exchange.received).extracting(TokenExchangeService.Received::body)
				.anyMatch((body) -> body.contains("client_secret=" + EXCHANGE_SECRET)
						&& body.contains("actor_token=token-of-the-actor"));
			assertThat(this.service.tokens()).contains("token-for-the-service");
			assertThat(output.getAll()).contains("RestTemplate", "/introspect", "DefaultRestClient", "Writing [");
			List<String> secrets = new ArrayList<>(List.of("opaque-token", CLIENT_SECRET, EXCHANGE_SECRET,
					"token-of-the-actor", "token-for-the-service", this.apiKey.token().substring(18)));
			for (String token : List.of(jwt, bound, proof)) {
				secrets.addAll(List.of(token.split("\\.")).subList(1, 3));
			}
			assertThat(output.getAll()).doesNotContain(secrets.toArray(String[]::new));
		}
	}

	private List<String> properties() {
		List<String> properties = new ArrayList<>(this.issuer.properties());
		properties.addAll(TestKeys.properties(this.apiKey));
		String opaque = "spring.security.oauth2.resourceserver.opaquetoken.";
		properties.addAll(List.of(opaque + "introspection-uri=" + this.issuer.uri() + "/introspect",
				opaque + "client-id=server", opaque + "client-secret=" + CLIENT_SECRET));
		String client = "spring.security.oauth2.client.";
		for (String id : List.of("billing", "itself")) {
			String registration = client + "registration." + id + ".";
			properties.addAll(List.of(registration + "provider=company", registration + "client-id=" + id,
					registration + "client-secret=" + EXCHANGE_SECRET, registration + "scope=read",
					registration + "client-authentication-method=client_secret_post"));
		}
		properties.add(client + "registration.billing.authorization-grant-type="
				+ "urn:ietf:params:oauth:grant-type:token-exchange");
		properties.add(client + "registration.itself.authorization-grant-type=client_credentials");
		properties.add(client + "provider.company.token-uri=" + this.exchange.uri("/token"));
		String downstream = "mcp.remote.token-exchange.downstreams.billing.";
		properties.addAll(List.of(downstream + "base-url=" + this.service.uri("/api"), downstream + "actor=itself"));
		properties.addAll(List.of("logging.level.io.mcpremote=TRACE", "logging.level.org.springframework.web=TRACE",
				"logging.level.org.springframework.http=TRACE", "logging.level.org.springframework.security=TRACE",
				"logging.level.org.springframework.ai=TRACE", "logging.level.io.modelcontextprotocol=TRACE"));
		return properties;
	}

	private static String call(RunningServer server, String authorization, String... headers) {
		ModernRequest request = ModernRequest.callTool("invoices", Map.of());
		HttpRequest.Builder message = server.request(request.body())
			.headers(request.headers())
			.header("Authorization", authorization);
		if (headers.length > 0) {
			message.headers(headers);
		}
		HttpResponse<String> response = server.send(message.build());
		return response.body();
	}

	static class Tools {

		private final RestClient billing;

		Tools(TokenExchange exchange) {
			this.billing = RestClient.builder().apply(exchange.downstream("billing")).build();
		}

		@McpTool(name = "invoices", description = "Open invoices")
		String invoices() {
			return this.billing.get().uri("/invoices").retrieve().body(String.class);
		}

	}

}
