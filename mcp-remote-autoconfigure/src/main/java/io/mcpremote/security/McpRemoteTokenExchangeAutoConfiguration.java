// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;

import com.github.benmanes.caffeine.cache.Caffeine;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.TokenExchangeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.client.RestClient;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for calls of other services on behalf of the caller. It is there
 * whichever transport serves the tools, since they depend on it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		afterName = "org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration")
@ConditionalOnClass({ Caffeine.class, Jwt.class, RestClient.class, TokenExchangeGrantRequest.class })
@EnableConfigurationProperties(McpRemoteTokenExchangeProperties.class)
public final class McpRemoteTokenExchangeAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(TokenExchange.class)
	TokenExchangeDownstreams mcpRemoteTokenExchange(McpRemoteTokenExchangeProperties properties,
			ObjectProvider<ClientRegistrationRepository> registrations,
			ObjectProvider<OAuth2AccessTokenResponseClient<TokenExchangeGrantRequest>> ownClient,
			ObjectProvider<SecurityContextHolderStrategy> contexts, Environment environment) {
		SecurityContextHolderStrategy context = contexts
			.getIfAvailable(SecurityContextHolder::getContextHolderStrategy);
		ClientRegistrationRepository found = registrations
			.getIfAvailable(() -> TokenExchangeClientProperties.of(environment)::find);
		return new TokenExchangeFactory(properties, found, ownClient.getIfAvailable())
			.create(() -> context.getContext().getAuthentication(), Clock.systemUTC());
	}

}
