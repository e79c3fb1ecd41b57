// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.function.Supplier;

import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ClientCredentialsOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2Token;

/**
 * The token of this server itself, which says who acts for the caller. Spring Security
 * keeps it: there is one per registration, and it belongs to no caller.
 */
final class TokenExchangeActor implements Supplier<OAuth2Token> {

	private static final String PRINCIPAL = "mcp-remote";

	private final OAuth2AuthorizedClientManager clients;

	private final OAuth2AuthorizeRequest request;

	TokenExchangeActor(ClientRegistration registration,
			OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> client) {
		InMemoryClientRegistrationRepository registrations = new InMemoryClientRegistrationRepository(registration);
		ClientCredentialsOAuth2AuthorizedClientProvider provider = new ClientCredentialsOAuth2AuthorizedClientProvider();
		provider.setAccessTokenResponseClient(client);
		AuthorizedClientServiceOAuth2AuthorizedClientManager manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
				registrations, new InMemoryOAuth2AuthorizedClientService(registrations));
		manager.setAuthorizedClientProvider(provider);
		this.clients = manager;
		this.request = OAuth2AuthorizeRequest.withClientRegistrationId(registration.getRegistrationId())
			.principal(PRINCIPAL)
			.build();
	}

	@Override
	public OAuth2Token get() {
		OAuth2AuthorizedClient authorized = this.clients.authorize(this.request);
		if (authorized == null) {
			throw new IllegalStateException("The registration is not one for client credentials");
		}
		return authorized.getAccessToken();
	}

}
