// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Properties of the exchange of tokens.
 *
 * @param downstreams Services that tools call on behalf of the caller, by the id of their
 * registration under 'spring.security.oauth2.client.registration'.
 * @param timeout Time within which an authorization server must answer.
 * @param maxTokens Number of tokens for other services that are kept.
 * @since 0.1.0
 */
@ConfigurationProperties("mcp.remote.token-exchange")
public record McpRemoteTokenExchangeProperties(@DefaultValue Map<String, Downstream> downstreams,
		@DefaultValue("5s") Duration timeout, @DefaultValue("10000") int maxTokens) {

	/**
	 * A service that tools call on behalf of the caller.
	 *
	 * @param baseUrl URL below which the service is. Tokens are sent nowhere else.
	 * @param audience Name of the service for the authorization server.
	 * @param resource URL of the service for the authorization server.
	 * @param subjectTokenType Type of the caller's token.
	 * @param actor Id of a registration for client credentials, whose token says who acts
	 * for the caller.
	 */
	public record Downstream(@Nullable URI baseUrl, @Nullable String audience, @Nullable URI resource,
			@DefaultValue("urn:ietf:params:oauth:token-type:access_token") String subjectTokenType,
			@Nullable String actor) {

		public Downstream {
			audience = StringUtils.hasText(audience) ? audience : null;
			actor = StringUtils.hasText(actor) ? actor : null;
		}

	}

}
