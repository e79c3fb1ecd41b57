// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * Makes the resources that a client has asked for (RFC 8707) the audience of its token.
 * Without any the token has none, and is of no use.
 */
final class ResourceAudience implements OAuth2TokenCustomizer<JwtEncodingContext> {

	private static final String RESOURCE = "resource";

	@Override
	public void customize(JwtEncodingContext context) {
		if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
			return;
		}
		List<String> resources = resources(context);
		context.getClaims().claim("client_id", context.getRegisteredClient().getClientId());
		if (resources.isEmpty()) {
			context.getClaims().claims((claims) -> claims.remove("aud"));
		}
		else {
			context.getClaims().audience(resources);
		}
	}

	private static List<String> resources(JwtEncodingContext context) {
		Authentication grant = context.getAuthorizationGrant();
		if (grant instanceof OAuth2TokenExchangeAuthenticationToken exchange) {
			return List.copyOf(exchange.getResources());
		}
		List<String> asked = (grant instanceof OAuth2AuthorizationGrantAuthenticationToken request)
				? resources(request.getAdditionalParameters()) : List.of();
		OAuth2Authorization authorization = context.getAuthorization();
		if (!asked.isEmpty() || authorization == null) {
			return asked;
		}
		OAuth2AuthorizationRequest authorized = authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
		return (authorized != null) ? resources(authorized.getAdditionalParameters()) : List.of();
	}

	private static List<String> resources(@Nullable Map<String, Object> parameters) {
		Object value = (parameters != null) ? parameters.get(RESOURCE) : null;
		if (value instanceof String[] several) {
			return List.of(several);
		}
		return (value instanceof String single) ? List.of(single) : List.of();
	}

}
