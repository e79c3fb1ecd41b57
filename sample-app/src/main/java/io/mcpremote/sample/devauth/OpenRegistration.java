// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2ClientRegistration;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.converter.OAuth2ClientRegistrationRegisteredClientConverter;

/**
 * Lets clients register themselves without a token, as MCP clients do. They get nothing
 * by it until somebody signs in and consents.
 */
final class OpenRegistration {

	private static final Set<AuthorizationGrantType> GRANT_TYPES = Set.of(AuthorizationGrantType.AUTHORIZATION_CODE,
			AuthorizationGrantType.REFRESH_TOKEN);

	private static final OAuth2ClientRegistrationRegisteredClientConverter CONVERTER = new OAuth2ClientRegistrationRegisteredClientConverter();

	private OpenRegistration() {
	}

	static void configure(List<AuthenticationProvider> providers) {
		for (AuthenticationProvider provider : providers) {
			if (provider instanceof OAuth2ClientRegistrationAuthenticationProvider registration) {
				registration.setAuthenticationValidator(
						OAuth2ClientRegistrationAuthenticationValidator.DEFAULT_JWK_SET_URI_VALIDATOR
							.andThen(OpenRegistration::check));
				registration.setRegisteredClientConverter(OpenRegistration::register);
			}
		}
	}

	private static void check(OAuth2ClientRegistrationAuthenticationContext context) {
		OAuth2ClientRegistrationAuthenticationToken request = context.getAuthentication();
		OAuth2ClientRegistration registration = request.getClientRegistration();
		List<String> redirects = registration.getRedirectUris();
		if (redirects == null || redirects.isEmpty() || !redirects.stream().allMatch(RedirectUris::isAcceptable)) {
			throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REDIRECT_URI);
		}
		List<String> grantTypes = registration.getGrantTypes();
		if (grantTypes != null && !grantTypes.isEmpty()
				&& !grantTypes.contains(AuthorizationGrantType.AUTHORIZATION_CODE.getValue())) {
			throw new OAuth2AuthenticationException("invalid_client_metadata");
		}
	}

	/**
	 * Whatever scopes and grants the client asks for: its user has the last word on the
	 * former, and of the latter there are no others.
	 */
	private static RegisteredClient register(OAuth2ClientRegistration registration) {
		return RegisteredClient.from(Objects.requireNonNull(CONVERTER.convert(registration)))
			.authorizationGrantTypes((grantTypes) -> grantTypes.retainAll(GRANT_TYPES))
			.scopes((scopes) -> {
				scopes.clear();
				scopes.addAll(DevClients.SCOPES);
			})
			.tokenSettings(DevClients.tokenSettings())
			.build();
	}

}
