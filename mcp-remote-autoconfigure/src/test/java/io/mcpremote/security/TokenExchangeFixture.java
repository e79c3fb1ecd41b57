// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.mcpremote.security.McpRemoteTokenExchangeProperties.Downstream;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.client.RestClient;

/**
 * What tests of exchanges have in common: one service called "billing".
 */
final class TokenExchangeFixture {

	static final String AUDIENCE = "https://billing.example.com";

	static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

	private TokenExchangeFixture() {
	}

	static Downstream downstream(URI base) {
		return new Downstream(base, AUDIENCE, null, ACCESS_TOKEN, null);
	}

	static ClientRegistration registration(String id, AuthorizationGrantType grantType, String tokenUri) {
		return ClientRegistration.withRegistrationId(id)
			.clientId(TokenExchangeAuthorizationServer.CLIENT_ID)
			.clientSecret(TokenExchangeAuthorizationServer.CLIENT_SECRET)
			.authorizationGrantType(grantType)
			.scope("billing:read")
			.tokenUri(tokenUri)
			.build();
	}

	static TokenExchange exchange(String tokenUri, Clock clock, Downstream downstream) {
		Map<String, ClientRegistration> registrations = Map.of("billing",
				registration("billing", AuthorizationGrantType.TOKEN_EXCHANGE, tokenUri), "itself",
				registration("itself", AuthorizationGrantType.CLIENT_CREDENTIALS, tokenUri));
		ClientRegistrationRepository repository = registrations::get;
		McpRemoteTokenExchangeProperties properties = new McpRemoteTokenExchangeProperties(
				Map.of("billing", downstream), Duration.ofSeconds(10), 100);
		return new TokenExchangeFactory(properties, repository, null)
			.create(() -> SecurityContextHolder.getContext().getAuthentication(), clock);
	}

	static RestClient client(TokenExchange exchange) {
		return RestClient.builder().apply(exchange.downstream("billing")).build();
	}

	static JwtAuthenticationToken authentication(Jwt jwt) {
		return new JwtAuthenticationToken(jwt, List.of());
	}

	/**
	 * Return a caller whose token nobody looks at.
	 */
	static JwtAuthenticationToken caller(String issuer, String subject, String value) {
		Instant now = Instant.now();
		return authentication(Jwt.withTokenValue(value)
			.header("alg", "none")
			.issuer(issuer)
			.subject(subject)
			.issuedAt(now)
			.expiresAt(now.plus(Duration.ofDays(3650)))
			.build());
	}

	static <T> T as(@Nullable Authentication caller, Callable<T> work) {
		SecurityContextHolder.setContext(new SecurityContextImpl(caller));
		try {
			return work.call();
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	static String get(RestClient client, @Nullable Authentication caller) {
		return as(caller, () -> client.get().uri("/invoices").retrieve().body(String.class));
	}

}
