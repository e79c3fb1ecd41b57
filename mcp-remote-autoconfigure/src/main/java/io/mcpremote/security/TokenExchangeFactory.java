// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.mcpremote.call.StartupException;
import io.mcpremote.security.McpRemoteTokenExchangeProperties.Downstream;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.TokenExchangeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.util.Assert;

/**
 * Makes the services out of what is configured, or says what is wrong with it.
 */
final class TokenExchangeFactory {

	private static final String PREFIX = "mcp.remote.token-exchange.";

	private static final Set<ClientAuthenticationMethod> METHODS = Set.of(ClientAuthenticationMethod.NONE,
			ClientAuthenticationMethod.CLIENT_SECRET_BASIC, ClientAuthenticationMethod.CLIENT_SECRET_POST);

	private final McpRemoteTokenExchangeProperties properties;

	private final ClientRegistrationRepository registrations;

	private final TokenExchangeEndpoint endpoint;

	private final @Nullable OAuth2AccessTokenResponseClient<TokenExchangeGrantRequest> ownClient;

	TokenExchangeFactory(McpRemoteTokenExchangeProperties properties, ClientRegistrationRepository registrations,
			@Nullable OAuth2AccessTokenResponseClient<TokenExchangeGrantRequest> ownClient) {
		require(!properties.timeout().isNegative() && !properties.timeout().isZero(), "timeout",
				"must be longer than zero", "Set it to a time.");
		require(properties.maxTokens() > 0, "max-tokens", "must be at least 1", "Set it to a number of tokens.");
		this.properties = properties;
		this.registrations = registrations;
		this.endpoint = new TokenExchangeEndpoint(properties.timeout());
		this.ownClient = ownClient;
	}

	TokenExchangeDownstreams create(Supplier<@Nullable Authentication> caller, Clock clock) {
		TokenExchangeTokens tokens = new TokenExchangeTokens(this.properties.maxTokens(), clock);
		OAuth2AccessTokenResponseClient<TokenExchangeGrantRequest> client = (this.ownClient != null) ? this.ownClient
				: this.endpoint.exchange(this.properties.downstreams());
		Map<String, TokenExchangeInterceptor> interceptors = new LinkedHashMap<>();
		this.properties.downstreams().forEach((name, downstream) -> {
			ClientRegistration registration = registration(name, downstream);
			TokenExchangeRequests requests = new TokenExchangeRequests(registration, client, actor(name, downstream));
			interceptors.put(name, new TokenExchangeInterceptor(new TokenExchangeTarget(name, base(name, downstream)),
					requests, tokens, caller));
		});
		return new TokenExchangeDownstreams(interceptors, this.properties.timeout());
	}

	private ClientRegistration registration(String name, Downstream downstream) {
		ClientRegistration registration = find(name, name, AuthorizationGrantType.TOKEN_EXCHANGE);
		if (this.ownClient == null) {
			checkMethod(name, registration, "Use one with a secret, or provide an"
					+ " OAuth2AccessTokenResponseClient<TokenExchangeGrantRequest> bean.");
		}
		require(downstream.audience() != null || downstream.resource() != null || !registration.getScopes().isEmpty(),
				"downstreams." + name, "does not say what its tokens are for",
				"Set its audience or resource, or a scope in its registration.");
		return registration;
	}

	private Supplier<@Nullable OAuth2Token> actor(String name, Downstream downstream) {
		if (downstream.actor() == null) {
			return () -> null;
		}
		ClientRegistration registration = find(name + ".actor", downstream.actor(),
				AuthorizationGrantType.CLIENT_CREDENTIALS);
		checkMethod(name + ".actor", registration, "Use one with a secret.");
		TokenExchangeActor actor = new TokenExchangeActor(registration, this.endpoint.clientCredentials());
		return actor::get;
	}

	private static void checkMethod(String property, ClientRegistration registration, String action) {
		ClientAuthenticationMethod method = registration.getClientAuthenticationMethod();
		require(METHODS.contains(method), "downstreams." + property,
				"has a registration with the client authentication method '" + method.getValue() + "'", action);
	}

	private ClientRegistration find(String property, String id, AuthorizationGrantType grantType) {
		String action = "Set spring.security.oauth2.client.registration." + id + ".authorization-grant-type to "
				+ grantType.getValue() + ", with the client-id and the provider of that registration.";
		ClientRegistration registration = known(property, id, action);
		require(grantType.equals(registration.getAuthorizationGrantType()), "downstreams." + property,
				"has a client registration '" + id + "' for another grant type", action);
		return registration;
	}

	private ClientRegistration known(String property, String id, String action) {
		try {
			ClientRegistration registration = this.registrations.findByRegistrationId(id);
			if (registration == null) {
				throw failure("downstreams." + property, "has no client registration '" + id + "'", action);
			}
			// Spring Security checks this for its older grant types only
			Assert.hasText(registration.getClientId(), "clientId cannot be empty");
			Assert.hasText(registration.getProviderDetails().getTokenUri(), "tokenUri cannot be empty");
			return registration;
		}
		catch (IllegalArgumentException ex) {
			throw failure("downstreams." + property,
					"has a client registration '" + id + "' that cannot be used: " + ex.getMessage(), action);
		}
	}

	private static URI base(String name, Downstream downstream) {
		URI base = downstream.baseUrl();
		if (base == null || base.getHost() == null || base.getUserInfo() != null || base.getRawQuery() != null
				|| base.getRawFragment() != null
				|| !("https".equalsIgnoreCase(base.getScheme()) || "http".equalsIgnoreCase(base.getScheme()))) {
			throw failure("downstreams." + name + ".base-url", "must be the URL of the service",
					"Set it to something like https://billing.example.com/api.");
		}
		return base;
	}

	private static void require(boolean condition, String property, String problem, String action) {
		if (!condition) {
			throw failure(property, problem, action);
		}
	}

	private static StartupException failure(String property, String problem, String action) {
		return new StartupException(PREFIX + property + " " + problem + ".", action);
	}

}
