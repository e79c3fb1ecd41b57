// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.function.Function;

import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestHeadersConverter;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestParametersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Asks a token endpoint as Spring Security's own clients do, which cannot be kept from
 * having what they send logged: the caller's token, and the secret of this server.
 *
 * @param <T> what is shown to get a token
 */
final class TokenEndpointClient<T extends AbstractOAuth2AuthorizationGrantRequest>
		implements OAuth2AccessTokenResponseClient<T> {

	private static final String INVALID_RESPONSE = "invalid_token_response";

	private final DefaultOAuth2TokenRequestHeadersConverter<T> headers = new DefaultOAuth2TokenRequestHeadersConverter<>();

	private final DefaultOAuth2TokenRequestParametersConverter<T> usual = new DefaultOAuth2TokenRequestParametersConverter<>();

	private final RestClient http;

	private final Function<T, MultiValueMap<String, String>> special;

	/**
	 * Create a client.
	 * @param special parameters that take the place of the usual ones
	 */
	TokenEndpointClient(RestClient http, Function<T, MultiValueMap<String, String>> special) {
		this.http = http;
		this.special = special;
	}

	@Override
	public OAuth2AccessTokenResponse getTokenResponse(T request) {
		MultiValueMap<String, String> form = this.usual.convert(request);
		form.putAll(this.special.apply(request));
		try {
			OAuth2AccessTokenResponse response = this.http.post()
				.uri(request.getClientRegistration().getProviderDetails().getTokenUri())
				.headers((all) -> all.addAll(this.headers.convert(request)))
				.body(FormBody.of(form))
				.retrieve()
				.body(OAuth2AccessTokenResponse.class);
			if (response == null) {
				throw new OAuth2AuthorizationException(new OAuth2Error(INVALID_RESPONSE));
			}
			return response;
		}
		catch (RestClientException ex) {
			throw new OAuth2AuthorizationException(new OAuth2Error(INVALID_RESPONSE), ex);
		}
	}

}
