// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;

import io.mcpremote.security.McpRemoteTokenExchangeProperties.Downstream;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.TokenExchangeGrantRequest;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/**
 * Makes clients of token endpoints, which send neither secrets nor tokens to where a
 * redirect points, and do not wait for ever.
 */
final class TokenExchangeEndpoint {

	private final RestClient http;

	TokenExchangeEndpoint(Duration timeout) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(connections(timeout));
		requests.setReadTimeout(timeout);
		this.http = RestClient.builder().requestFactory(requests).configureMessageConverters((converters) -> {
			converters.addCustomConverter(new ByteArrayHttpMessageConverter());
			converters.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter());
		}).defaultStatusHandler(new OAuth2ErrorResponseErrorHandler()).build();
	}

	static ClientHttpRequestFactory withoutRedirects(Duration connectTimeout) {
		return new JdkClientHttpRequestFactory(connections(connectTimeout));
	}

	OAuth2AccessTokenResponseClient<TokenExchangeGrantRequest> exchange(Map<String, Downstream> downstreams) {
		return new TokenEndpointClient<>(this.http, (request) -> parameters(request, downstreams));
	}

	OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> clientCredentials() {
		return new TokenEndpointClient<>(this.http, (request) -> new LinkedMultiValueMap<>());
	}

	private static MultiValueMap<String, String> parameters(TokenExchangeGrantRequest request,
			Map<String, Downstream> downstreams) {
		MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
		Downstream downstream = downstreams.get(request.getClientRegistration().getRegistrationId());
		if (downstream != null) {
			parameters.set(OAuth2ParameterNames.SUBJECT_TOKEN_TYPE, downstream.subjectTokenType());
			if (downstream.audience() != null) {
				parameters.set(OAuth2ParameterNames.AUDIENCE, downstream.audience());
			}
			if (downstream.resource() != null) {
				parameters.set(OAuth2ParameterNames.RESOURCE, downstream.resource().toString());
			}
		}
		return parameters;
	}

	private static HttpClient connections(Duration connectTimeout) {
		return HttpClient.newBuilder()
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(connectTimeout)
			.build();
	}

}
