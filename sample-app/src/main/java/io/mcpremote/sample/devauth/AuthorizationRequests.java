// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeRequestAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * What becomes of it when a client asks for access: it gets no more scopes than its user
 * has, and may be anywhere on this machine.
 */
final class AuthorizationRequests implements AuthenticationConverter {

	private final AuthenticationConverter converter = new OAuth2AuthorizationCodeRequestAuthenticationConverter();

	@Override
	public @Nullable Authentication convert(HttpServletRequest request) {
		Authentication authentication = this.converter.convert(request);
		if (authentication instanceof OAuth2AuthorizationCodeRequestAuthenticationToken asked
				&& asked.getPrincipal() instanceof Authentication user
				&& user.getPrincipal() instanceof UserDetails account) {
			return new OAuth2AuthorizationCodeRequestAuthenticationToken(asked.getAuthorizationUri(),
					asked.getClientId(), user, asked.getRedirectUri(), asked.getState(), scopes(asked, account),
					asked.getAdditionalParameters());
		}
		return authentication;
	}

	private static Set<String> scopes(OAuth2AuthorizationCodeRequestAuthenticationToken asked, UserDetails account) {
		Set<String> scopes = new LinkedHashSet<>(asked.getScopes());
		scopes.removeIf((scope) -> account.getAuthorities()
			.stream()
			.noneMatch((authority) -> ("SCOPE_" + scope).equals(authority.getAuthority())));
		return scopes;
	}

	static void configure(List<AuthenticationProvider> providers) {
		for (AuthenticationProvider provider : providers) {
			if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider requests) {
				requests.setAuthenticationValidator((context) -> {
					checkRedirect(context);
					OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_SCOPE_VALIDATOR.accept(context);
				});
			}
		}
	}

	/**
	 * Spring knows that ports of loopback addresses do not count, but not that of
	 * localhost, which many clients use.
	 */
	private static void checkRedirect(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
		OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
		RegisteredClient client = context.getRegisteredClient();
		String requested = request.getRedirectUri();
		if (requested == null || !RedirectUris.isLoopback(requested)
				|| !(client.getClientSettings().getSetting(DevClients.ANY_LOOPBACK_REDIRECT) != null
						|| client.getRedirectUris()
							.stream()
							.anyMatch((registered) -> RedirectUris.matchesAnyPort(registered, requested)))) {
			OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_REDIRECT_URI_VALIDATOR.accept(context);
		}
	}

}
