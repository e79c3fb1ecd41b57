// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.TokenExchangeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2Token;

/**
 * Asks an authorization server for tokens for one service.
 */
final class TokenExchangeRequests {

	private final ClientRegistration registration;

	private final OAuth2AccessTokenResponseClient<TokenExchangeGrantRequest> client;

	private final Supplier<@Nullable OAuth2Token> actor;

	TokenExchangeRequests(ClientRegistration registration,
			OAuth2AccessTokenResponseClient<TokenExchangeGrantRequest> client, Supplier<@Nullable OAuth2Token> actor) {
		this.registration = registration;
		this.client = client;
		this.actor = actor;
	}

	OAuth2AccessToken exchange(OAuth2Token subject) {
		OAuth2AccessToken token = request(subject);
		if (!TokenType.BEARER.equals(token.getTokenType())) {
			throw failure("the authorization server issued a token that is not a bearer token");
		}
		if (token.getTokenValue().equals(subject.getTokenValue())) {
			// Sending it would be the passthrough that this is here to avoid
			throw failure("the authorization server gave back the caller's own token");
		}
		return token;
	}

	private OAuth2AccessToken request(OAuth2Token subject) {
		try {
			OAuth2Token actor = this.actor.get();
			return this.client.getTokenResponse(new TokenExchangeGrantRequest(this.registration, subject, actor))
				.getAccessToken();
		}
		catch (RuntimeException ex) {
			// Not as a cause: its messages may quote what was sent and received
			throw failure(TokenExchangeFault.describe(ex,
					List.of(subject.getTokenValue(), this.registration.getClientSecret())));
		}
	}

	private TokenExchangeException failure(String reason) {
		return new TokenExchangeException("There is no token for downstream '" + this.registration.getRegistrationId()
				+ "' on behalf of the caller: " + reason);
	}

}
