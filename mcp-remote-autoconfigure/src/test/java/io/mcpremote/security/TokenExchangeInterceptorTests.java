// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.URI;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.mcpremote.security.McpRemoteTokenExchangeProperties.Downstream;
import io.mcpremote.security.TokenExchangeService.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpStatusCode;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is sent where, and what is not.
 */
class TokenExchangeInterceptorTests {

	private static final String TOKEN = "aaa.secret-of-alice.bbb";

	private static final Authentication ALICE = TokenExchangeFixture.caller("https://a.example.com", "alice", TOKEN);

	private final AtomicInteger issued = new AtomicInteger();

	private final AtomicReference<Supplier<Answer>> issuing = new AtomicReference<>(
			() -> Answer.token("issued-" + this.issued.incrementAndGet(), 300));

	private final AtomicReference<Supplier<Answer>> serving = new AtomicReference<>(() -> Answer.ok("fine"));

	private final TokenExchangeService issuer = new TokenExchangeService((request) -> this.issuing.get().get());

	private final TokenExchangeService service = new TokenExchangeService((request) -> this.serving.get().get());

	private final TokenExchangeService elsewhere = TokenExchangeService.answering(Answer.ok("stolen"));

	private final TokenExchange exchange = exchange(this.issuer.uri("/token"));

	private final RestClient client = TokenExchangeFixture.client(this.exchange);

	@AfterEach
	void stop() {
		this.issuer.close();
		this.service.close();
		this.elsewhere.close();
	}

	@Test
	void interceptWhenExchangedThenAsksForAudience() {
		assertThat(get()).isEqualTo("fine");
		assertThat(this.service.tokens()).containsExactly("issued-1");
		assertThat(this.issuer.received).singleElement().satisfies((request) -> {
			assertThat(request.authorization()).startsWith("Basic ");
			assertThat(request.body()).contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange",
					"audience=https%3A%2F%2Fbilling.example.com", "subject_token=" + TOKEN,
					"subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token",
					"scope=billing%3Aread");
			assertThat(request.body()).doesNotContain("resource=", "actor_token",
					"subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt");
		});
	}

	@Test
	void interceptWhenResourceConfiguredThenAsksForIt() {
		TokenExchange exchange = TokenExchangeFixture.exchange(this.issuer.uri("/token").toString(), Clock.systemUTC(),
				new Downstream(this.service.uri("/api"), null, URI.create("https://billing.example.com/api"),
						"urn:ietf:params:oauth:token-type:jwt", null));
		TokenExchangeFixture.get(TokenExchangeFixture.client(exchange), ALICE);
		assertThat(this.issuer.received.get(0).body())
			.contains("resource=https%3A%2F%2Fbilling.example.com%2Fapi",
					"subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt")
			.doesNotContain("audience=", "subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token");
	}

	@Test
	void interceptWhenNobodyThenSendsNothing() {
		assertThatExceptionOfType(TokenExchangeException.class)
			.isThrownBy(() -> TokenExchangeFixture.get(this.client, null));
		assertThatExceptionOfType(TokenExchangeException.class)
			.isThrownBy(() -> TokenExchangeFixture.get(this.client,
					new AnonymousAuthenticationToken("key", "nobody", AuthorityUtils.createAuthorityList("ANONYMOUS"))))
			.withMessageContaining("no authenticated caller");
		assertNothingSent();
		assertThat(this.issuer.received).isEmpty();
	}

	@Test
	void interceptWhenAuthorizationSetThenRefuses() {
		assertThatExceptionOfType(TokenExchangeException.class)
			.isThrownBy(() -> TokenExchangeFixture.as(ALICE,
					() -> this.client.get()
						.uri("/invoices")
						.headers((headers) -> headers.setBearerAuth(TOKEN))
						.retrieve()
						.body(String.class)))
			.withMessageContaining("already has an Authorization header")
			.withMessageNotContaining(TOKEN);
		assertNothingSent();
	}

	@Test
	void interceptWhenSentElsewhereThenRefuses() {
		RestClient other = RestClient.builder().requestInterceptor(this.exchange.interceptor("billing")).build();
		assertThatExceptionOfType(TokenExchangeException.class)
			.isThrownBy(() -> TokenExchangeFixture.as(ALICE,
					() -> other.get().uri(this.elsewhere.uri("/api/invoices")).retrieve().body(String.class)))
			.withMessageContaining("not below its base URL");
		assertNothingSent();
		assertThat(this.elsewhere.received).isEmpty();
	}

	@Test
	void interceptWhenServiceRedirectsThenNothingFollows() {
		this.serving.set(() -> Answer.redirect(this.elsewhere.uri("/api/invoices")));
		HttpStatusCode status = TokenExchangeFixture.as(ALICE,
				() -> this.client.get().uri("/invoices").retrieve().toBodilessEntity().getStatusCode());
		assertThat(status.value()).isEqualTo(307);
		assertThat(this.elsewhere.received).isEmpty();
	}

	@Test
	void interceptWhenIssuerRedirectsThenNothingFollows() {
		this.issuing.set(() -> Answer.redirect(this.elsewhere.uri("/token")));
		assertFails("did not answer as one does");
		assertThat(this.elsewhere.received).isEmpty();
	}

	@Test
	void interceptWhenServiceAlwaysRefusesThenTriesTwice() {
		this.serving.set(() -> Answer.status(401));
		int status = TokenExchangeFixture.as(ALICE,
				() -> this.client.get()
					.uri("/invoices")
					.exchange((request, response) -> response.getStatusCode().value()));
		assertThat(status).isEqualTo(401);
		assertThat(this.service.tokens()).containsExactly("issued-1", "issued-2");
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 500 })
	void interceptWhenServiceFailsOtherwiseThenKeepsToken(int failure) {
		this.serving.set(() -> Answer.status(failure));
		for (int i = 0; i < 2; i++) {
			TokenExchangeFixture.as(ALICE,
					() -> this.client.get()
						.uri("/invoices")
						.exchange((request, response) -> response.getStatusCode().value()));
		}
		assertThat(this.service.tokens()).containsExactly("issued-1", "issued-1");
	}

	@Test
	void interceptWhenSameSubjectOfOtherIssuerThenOtherToken() {
		get();
		TokenExchangeFixture.get(this.client, TokenExchangeFixture.caller("https://b.example.com", "alice", TOKEN));
		TokenExchangeFixture.get(this.client,
				TokenExchangeFixture.caller("https://a.example.com", "alice", "another-token"));
		get();
		assertThat(this.service.tokens()).containsExactly("issued-1", "issued-2", "issued-3", "issued-1");
	}

	@Test
	void interceptWhenRetriedFromOutsideThenSendsToken() {
		RestClient retrying = RestClient.builder().requestInterceptor((request, body, execution) -> {
			execution.execute(request, body).close();
			assertThat(request.getHeaders().containsHeader("Authorization")).isFalse();
			return execution.execute(request, body);
		}).apply(this.exchange.downstream("billing")).build();
		TokenExchangeFixture.get(retrying, ALICE);
		assertThat(this.service.tokens()).containsExactly("issued-1", "issued-1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "invalid_target | The audience is unknown | invalid_target: The audience is",
					"invalid_grant | Token " + TOKEN + " is revoked | invalid_grant: Token *** is revoked",
					"invalid_grant | Got eyJhbGciOiJSUzI1NiJ9.part.of-another | invalid_grant: Got ***",
					"invalid_client | The secret s3cret-of-exchange is wrong | invalid_client: The secret *** is wrong",
					"Token-" + TOKEN + " | '' | unknown error" })
	void interceptWhenIssuerRefusesThenSaysWhyWithoutTokens(String code, String description, String expected) {
		this.issuing.set(
				() -> Answer.json(400, "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(code, description)));
		assertFails(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "[" + TOKEN, "{\"access_token\":\"" + TOKEN, "<html>" + TOKEN + "</html>",
			"{\"access_token\":\"issued\"}", "{\"access_token\":\"issued\",\"token_type\":\"N_A\"}" })
	void interceptWhenAnswerIsNoTokenThenFails(String answer) {
		this.issuing.set(() -> Answer.json(200, answer));
		assertFails("did not answer as one does");
	}

	@Test
	void interceptWhenIssuerBreaksThenFails() {
		this.issuing.set(() -> Answer.json(500, "<html>" + TOKEN + "</html>"));
		assertFails("'billing'");
	}

	@Test
	void interceptWhenTokenIsBoundToKeyThenFails() {
		this.issuing
			.set(() -> Answer.json(200, "{\"access_token\":\"issued\",\"token_type\":\"DPoP\",\"expires_in\":300}"));
		assertFails("not a bearer token");
	}

	@Test
	void interceptWhenIssuerGivesCallersTokenBackThenFails() {
		this.issuing.set(() -> Answer.token(TOKEN, 300));
		assertFails("the caller's own token");
	}

	@Test
	void interceptWhenIssuerIsDownThenFails() {
		this.issuer.close();
		assertFails("could not be reached (ConnectException)");
	}

	@Test
	void downstreamWhenUnknownThenNamesProperty() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.exchange.downstream("shipping"))
			.withMessageContaining("mcp.remote.token-exchange.downstreams.shipping.base-url");
		assertThatIllegalArgumentException().isThrownBy(() -> this.exchange.interceptor("shipping"));
	}

	private String get() {
		return TokenExchangeFixture.get(this.client, ALICE);
	}

	private TokenExchange exchange(URI tokenUri) {
		return TokenExchangeFixture.exchange(tokenUri.toString(), Clock.systemUTC(),
				TokenExchangeFixture.downstream(this.service.uri("/api")));
	}

	private void assertFails(String reason) {
		assertThatExceptionOfType(TokenExchangeException.class).isThrownBy(this::get)
			.withMessageContaining("'billing'")
			.withMessageContaining(reason)
			.withNoCause()
			.satisfies(
					(ex) -> assertThat(ex.toString()).doesNotContain(TOKEN, "secret-of-alice", "s3cret-of-exchange"));
		assertNothingSent();
	}

	private void assertNothingSent() {
		assertThat(this.service.received).isEmpty();
	}

}
