// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * Makes the resource that a client asks for (RFC 8707) the audience of its access token,
 * and says which client and whose rows the token is for.
 */
final class AccessTokens implements OAuth2TokenCustomizer<JwtEncodingContext> {

	private final Map<String, DevAuthProperties.Account> accounts;

	private final String resource;

	/**
	 * Create a customizer.
	 * @param accounts who can sign in
	 * @param resource what a token is for if its client does not say
	 */
	AccessTokens(Map<String, DevAuthProperties.Account> accounts, String resource) {
		this.accounts = accounts;
		this.resource = resource;
	}

	@Override
	public void customize(JwtEncodingContext context) {
		if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
			return;
		}
		context.getClaims().claim("client_id", context.getRegisteredClient().getClientId()).audience(audience(context));
		String tenant = tenant(context);
		if (tenant != null) {
			context.getClaims().claim("tenant", tenant);
		}
	}

	private @Nullable String tenant(JwtEncodingContext context) {
		if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType())) {
			return context.getRegisteredClient().getClientSettings().getSetting(DevClients.TENANT);
		}
		Authentication user = context.getPrincipal();
		DevAuthProperties.Account account = (user != null) ? this.accounts.get(user.getName()) : null;
		return (account != null) ? account.tenant() : null;
	}

	private List<String> audience(JwtEncodingContext context) {
		List<String> asked = (context
			.getAuthorizationGrant() instanceof OAuth2AuthorizationGrantAuthenticationToken request)
					? resources(request.getAdditionalParameters()) : List.of();
		OAuth2Authorization authorization = context.getAuthorization();
		if (asked.isEmpty() && authorization != null) {
			OAuth2AuthorizationRequest authorized = authorization
				.getAttribute(OAuth2AuthorizationRequest.class.getName());
			asked = (authorized != null) ? resources(authorized.getAdditionalParameters()) : asked;
		}
		return (asked.isEmpty()) ? List.of(this.resource) : asked;
	}

	private static List<String> resources(Map<String, Object> parameters) {
		Object value = parameters.get("resource");
		if (value instanceof String[] several) {
			return List.of(several);
		}
		return (value instanceof String single) ? List.of(single) : List.of();
	}

}
