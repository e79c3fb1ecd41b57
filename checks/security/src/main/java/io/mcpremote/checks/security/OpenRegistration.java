// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.checks.security;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

import org.springframework.security.authentication.AuthenticationProvider;
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
 * Lets whoever runs on this machine register as a client, for all scopes there are, of
 * which its users consent to some.
 */
final class OpenRegistration {

	private static final OAuth2ClientRegistrationRegisteredClientConverter CONVERTER = new OAuth2ClientRegistrationRegisteredClientConverter();

	private OpenRegistration() {
	}

	static void configure(List<AuthenticationProvider> providers) {
		for (AuthenticationProvider provider : providers) {
			if (provider instanceof OAuth2ClientRegistrationAuthenticationProvider registration) {
				registration.setAuthenticationValidator(
						OAuth2ClientRegistrationAuthenticationValidator.DEFAULT_REDIRECT_URI_VALIDATOR
							.andThen(OAuth2ClientRegistrationAuthenticationValidator.DEFAULT_JWK_SET_URI_VALIDATOR)
							.andThen(OpenRegistration::check));
				registration.setRegisteredClientConverter(OpenRegistration::register);
			}
		}
	}

	private static void check(OAuth2ClientRegistrationAuthenticationContext context) {
		OAuth2ClientRegistrationAuthenticationToken request = context.getAuthentication();
		OAuth2ClientRegistration registration = request.getClientRegistration();
		if (registration.getScopes() != null
				&& !AuthorizationServerApplication.SCOPES.containsAll(registration.getScopes())) {
			throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_SCOPE);
		}
		if (registration.getRedirectUris() == null
				|| !registration.getRedirectUris().stream().allMatch(OpenRegistration::isLoopback)) {
			throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REDIRECT_URI);
		}
	}

	private static boolean isLoopback(String uri) {
		try {
			return InetAddress.getByName(URI.create(uri).getHost()).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	private static RegisteredClient register(OAuth2ClientRegistration registration) {
		return RegisteredClient.from(CONVERTER.convert(registration))
			.scopes((scopes) -> scopes.addAll(AuthorizationServerApplication.SCOPES))
			.build();
	}

}
