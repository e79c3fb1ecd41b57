// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * What concerns exchange of Spring Boot's own properties, for applications without the
 * module that reads them: it brings one along that puts a login in front of everything.
 *
 * @param registration the registrations by id
 * @param provider the authorization servers by name
 */
record TokenExchangeClientProperties(@DefaultValue Map<String, Registration> registration,
		@DefaultValue Map<String, Provider> provider) {

	static TokenExchangeClientProperties of(Environment environment) {
		return Binder.get(environment)
			.bindOrCreate("spring.security.oauth2.client", TokenExchangeClientProperties.class);
	}

	@Nullable ClientRegistration find(String id) {
		Registration registration = this.registration.get(id);
		if (registration == null) {
			return null;
		}
		ClientRegistration.Builder builder = builder(id,
				this.provider.get((registration.provider() != null) ? registration.provider() : id));
		builder.registrationId(id)
			.clientId(registration.clientId())
			.clientSecret(registration.clientSecret())
			.scope(registration.scope());
		if (registration.clientAuthenticationMethod() != null) {
			builder.clientAuthenticationMethod(
					ClientAuthenticationMethod.valueOf(registration.clientAuthenticationMethod()));
		}
		if (registration.authorizationGrantType() != null) {
			builder.authorizationGrantType(new AuthorizationGrantType(registration.authorizationGrantType()));
		}
		return builder.build();
	}

	private static ClientRegistration.Builder builder(String id, @Nullable Provider provider) {
		if (provider != null && provider.issuerUri() != null) {
			ClientRegistration.Builder builder = ClientRegistrations.fromIssuerLocation(provider.issuerUri());
			return (provider.tokenUri() != null) ? builder.tokenUri(provider.tokenUri()) : builder;
		}
		ClientRegistration.Builder builder = ClientRegistration.withRegistrationId(id);
		return (provider != null && provider.tokenUri() != null) ? builder.tokenUri(provider.tokenUri()) : builder;
	}

	record Registration(@Nullable String provider, String clientId, @Nullable String clientSecret,
			@Nullable String clientAuthenticationMethod, @Nullable String authorizationGrantType,
			@DefaultValue Set<String> scope) {

		@Override
		public String toString() {
			return "Registration[provider=" + this.provider + ", clientId=" + this.clientId + "]";
		}

	}

	record Provider(@Nullable String issuerUri, @Nullable String tokenUri) {

	}

}
