// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;

/**
 * What a client has published of itself.
 *
 * @param clientId where it has published this
 * @param clientName what it calls itself
 * @param redirectUris where browsers are sent back to
 * @param tokenEndpointAuthMethod how it shows who it is, which only clients without a
 * secret need not
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ClientMetadata(@JsonProperty("client_id") @Nullable String clientId,
		@JsonProperty("client_name") @Nullable String clientName,
		@JsonProperty("redirect_uris") @Nullable List<String> redirectUris,
		@JsonProperty("token_endpoint_auth_method") @Nullable String tokenEndpointAuthMethod) {

	/**
	 * Return why this is no acceptable client.
	 * @param url where it was found
	 * @return a sentence, or {@code null}
	 */
	@Nullable String fault(String url) {
		if (!url.equals(this.clientId)) {
			return "its client_id is another one";
		}
		if (this.redirectUris == null || this.redirectUris.isEmpty()
				|| !this.redirectUris.stream().allMatch(RedirectUris::isAcceptable)) {
			return "it must have redirect_uris that are https, loopback or of an application";
		}
		if (this.tokenEndpointAuthMethod != null && !"none".equals(this.tokenEndpointAuthMethod)) {
			return "its token_endpoint_auth_method must be none";
		}
		return null;
	}

	RegisteredClient toRegisteredClient(String url) {
		return RegisteredClient.withId(url)
			.clientId(url)
			.clientName((this.clientName != null) ? this.clientName : url)
			.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUris((uris) -> {
				if (this.redirectUris != null) {
					uris.addAll(this.redirectUris);
				}
			})
			.scopes((scopes) -> scopes.addAll(DevClients.SCOPES))
			.clientSettings(ClientSettings.builder()
				.requireProofKey(true)
				.requireAuthorizationConsent(true)
				.setting(DevClients.PUBLISHED_AT, url)
				.build())
			.tokenSettings(DevClients.tokenSettings())
			.build();
	}

}
