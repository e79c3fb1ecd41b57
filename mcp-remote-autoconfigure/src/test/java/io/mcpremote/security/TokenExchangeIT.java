// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.mcpremote.security.McpRemoteTokenExchangeProperties.Downstream;
import io.mcpremote.security.TokenExchangeService.Answer;
import io.mcpremote.test.Concurrently;
import io.mcpremote.test.ModernRequest;
import io.mcpremote.test.MutableClock;
import io.mcpremote.test.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Exchanges with a real authorization server.
 */
class TokenExchangeIT {

	private static TokenExchangeAuthorizationServer issuer;

	private final MutableClock clock = new MutableClock();

	private final AtomicBoolean refuseNext = new AtomicBoolean();

	private TokenExchangeService service;

	private RestClient client;

	private int before;

	@BeforeAll
	static void startIssuer() {
		issuer = TokenExchangeAuthorizationServer.start();
	}

	@AfterAll
	static void stopIssuer() {
		issuer.close();
	}

	@BeforeEach
	void startService() {
		this.service = new TokenExchangeService(
				(request) -> (this.refuseNext.getAndSet(false)) ? Answer.status(401) : Answer.ok("3 invoices"));
		this.client = client(TokenExchangeFixture.downstream(this.service.uri("/api")));
		this.before = issuer.requests(AuthorizationGrantType.TOKEN_EXCHANGE);
	}

	@AfterEach
	void stopService() {
		this.service.close();
	}

	@Test
	void getWhenCallerAuthenticatedThenServiceGetsTokenOfItsOwn() {
		Jwt token = issuer.issue("alice");
		assertThat(get(token)).isEqualTo("3 invoices");
		assertThat(this.service.received).singleElement()
			.satisfies((request) -> assertThat(request.path()).isEqualTo("/api/invoices"));
		Jwt received = received(0);
		assertThat(received.getTokenValue()).isNotEqualTo(token.getTokenValue());
		assertThat(received.getSubject()).isEqualTo("alice");
		assertThat(received.getAudience()).containsExactly(TokenExchangeFixture.AUDIENCE);
		assertThat(received.getClaimAsString("azp")).isEqualTo(TokenExchangeAuthorizationServer.CLIENT_ID);
		assertThat(received.getClaimAsStringList("scope")).containsExactly("billing:read");
		assertThat(received.hasClaim("act")).isFalse();
	}

	@Test
	void getWhenActorConfiguredThenTokenSaysWhoActs() {
		RestClient delegating = client(new Downstream(this.service.uri("/api"), TokenExchangeFixture.AUDIENCE, null,
				"urn:ietf:params:oauth:token-type:jwt", "itself"));
		int own = issuer.requests(AuthorizationGrantType.CLIENT_CREDENTIALS);
		TokenExchangeFixture.get(delegating, TokenExchangeFixture.authentication(issuer.issue("alice")));
		TokenExchangeFixture.get(delegating, TokenExchangeFixture.authentication(issuer.issue("bob")));
		assertThat(received(0).getSubject()).isEqualTo("alice");
		assertThat(received(0).getClaimAsMap("act")).containsEntry("sub", TokenExchangeAuthorizationServer.CLIENT_ID);
		assertThat(received(1).getSubject()).isEqualTo("bob");
		assertThat(issuer.requests(AuthorizationGrantType.CLIENT_CREDENTIALS) - own).isEqualTo(1);
	}

	@Test
	void getWhenCalledAgainThenTokenIsKept() {
		Jwt token = issuer.issue("alice");
		get(token);
		get(token);
		assertThat(exchanges()).isEqualTo(1);
		assertThat(this.service.tokens()).hasSize(2).containsOnly(this.service.tokens().get(0));
	}

	@Test
	void getWhenOtherCallerThenOtherToken() {
		Jwt alice = issuer.issue("alice");
		Jwt bob = issuer.issue("bob");
		get(alice);
		get(bob);
		get(alice);
		assertThat(exchanges()).isEqualTo(2);
		assertThat(List.of(received(0), received(1), received(2))).extracting(Jwt::getSubject)
			.containsExactly("alice", "bob", "alice");
	}

	@Test
	void getWhenCallerHasNewTokenThenExchangesIt() {
		get(issuer.issue("alice"));
		get(issuer.issue("alice"));
		assertThat(exchanges()).isEqualTo(2);
		assertThat(this.service.tokens()).doesNotHaveDuplicates();
	}

	@Test
	void getWhenTokenAboutToExpireThenRenews() {
		Jwt token = issuer.issue("alice");
		get(token);
		this.clock.advance(TokenExchangeAuthorizationServer.TIME_TO_LIVE.minusSeconds(40));
		get(token);
		assertThat(exchanges()).isEqualTo(1);
		this.clock.advance(Duration.ofSeconds(15));
		get(token);
		assertThat(exchanges()).isEqualTo(2);
		assertThat(this.service.tokens().get(2)).isNotEqualTo(this.service.tokens().get(1));
	}

	@Test
	void getWhenManyAtOnceThenExchangesOnce() {
		Jwt token = issuer.issue("alice");
		Concurrently.run(8, (number) -> get(token));
		assertThat(exchanges()).isEqualTo(1);
		assertThat(this.service.tokens()).hasSize(8).containsOnly(this.service.tokens().get(0));
	}

	@Test
	void postWhenServiceRefusesTokenThenTriesOnceWithAnother() {
		Jwt token = issuer.issue("alice");
		get(token);
		this.refuseNext.set(true);
		String answer = TokenExchangeFixture.as(TokenExchangeFixture.authentication(token),
				() -> this.client.post().uri("/invoices").body("paid").retrieve().body(String.class));
		assertThat(answer).isEqualTo("3 invoices");
		assertThat(exchanges()).isEqualTo(2);
		assertThat(this.service.tokens().get(1)).isEqualTo(this.service.tokens().get(0));
		assertThat(this.service.tokens().get(2)).isNotEqualTo(this.service.tokens().get(1));
		assertThat(this.service.received.subList(1, 3)).extracting(TokenExchangeService.Received::body)
			.containsOnly("paid");
	}

	@Test
	void getWhenTokenOfStrangerThenSaysWhyAndSendsNothing() {
		JwtAuthenticationToken stranger = TokenExchangeFixture.caller("https://elsewhere.example.com", "alice",
				"eyJunknown");
		assertThatExceptionOfType(TokenExchangeException.class)
			.isThrownBy(() -> TokenExchangeFixture.get(this.client, stranger))
			.withMessageContaining("'billing'")
			.withMessageContaining("invalid_grant")
			.withNoCause();
		assertThat(this.service.received).isEmpty();
	}

	@Test
	void callWhenToolUsesServiceThenOnBehalfOfItsCaller() {
		String registration = "spring.security.oauth2.client.registration.billing.";
		List<String> properties = List.of(registration + "client-id=" + TokenExchangeAuthorizationServer.CLIENT_ID,
				registration + "client-secret=" + TokenExchangeAuthorizationServer.CLIENT_SECRET,
				registration + "authorization-grant-type=urn:ietf:params:oauth:grant-type:token-exchange",
				registration + "scope=billing:read", registration + "provider=company",
				"spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer.issuer(),
				"mcp.remote.security.audiences=" + TokenExchangeAuthorizationServer.AUDIENCE,
				"spring.security.oauth2.client.provider.company.issuer-uri=" + issuer.issuer(),
				"mcp.remote.token-exchange.downstreams.billing.base-url=" + this.service.uri("/api"),
				"mcp.remote.token-exchange.downstreams.billing.audience=" + TokenExchangeFixture.AUDIENCE);
		try (RunningServer server = RunningServer.secured(properties, Tools.class)) {
			assertThat(call(server, issuer.issue("alice"))).contains("3 invoices");
			assertThat(received(0).getSubject()).isEqualTo("alice");
			assertThat(received(0).getAudience()).containsExactly(TokenExchangeFixture.AUDIENCE);
			Jwt forgotten = issuer.sign("bob");
			assertThat(call(server, forgotten)).contains("\"isError\":true", "Reference")
				.doesNotContain("billing", "invalid_grant", forgotten.getTokenValue());
			assertThat(this.service.received).hasSize(1);
		}
	}

	private static String call(RunningServer server, Jwt token) {
		return server
			.modern(ModernRequest.callTool("invoices", Map.of())
				.header("Authorization", "Bearer " + token.getTokenValue()))
			.body();
	}

	private RestClient client(Downstream downstream) {
		return TokenExchangeFixture.client(TokenExchangeFixture.exchange(issuer.tokenUri(), this.clock, downstream));
	}

	private String get(Jwt token) {
		return TokenExchangeFixture.get(this.client, TokenExchangeFixture.authentication(token));
	}

	private Jwt received(int index) {
		return issuer.decoder().decode(this.service.tokens().get(index));
	}

	private int exchanges() {
		return issuer.requests(AuthorizationGrantType.TOKEN_EXCHANGE) - this.before;
	}

	@Configuration(proxyBeanMethods = false)
	static class Tools {

		@Bean
		InvoiceTool invoiceTool(TokenExchange exchange) {
			return new InvoiceTool(RestClient.builder().apply(exchange.downstream("billing")).build());
		}

	}

	static class InvoiceTool {

		private final RestClient billing;

		InvoiceTool(RestClient billing) {
			this.billing = billing;
		}

		@McpTool(name = "invoices", description = "Open invoices")
		String invoices() {
			return this.billing.get().uri("/invoices").retrieve().body(String.class);
		}

	}

}
