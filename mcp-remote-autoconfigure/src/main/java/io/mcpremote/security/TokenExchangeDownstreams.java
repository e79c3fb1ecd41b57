// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestClient;

/**
 * The configured services.
 */
final class TokenExchangeDownstreams implements TokenExchange {

	private final Map<String, TokenExchangeInterceptor> interceptors;

	private final ClientHttpRequestFactory requests;

	TokenExchangeDownstreams(Map<String, TokenExchangeInterceptor> interceptors, Duration connectTimeout) {
		this.interceptors = Map.copyOf(interceptors);
		this.requests = TokenExchangeEndpoint.withoutRedirects(connectTimeout);
	}

	@Override
	public Consumer<RestClient.Builder> downstream(String name) {
		TokenExchangeInterceptor interceptor = find(name);
		return (builder) -> builder.baseUrl(interceptor.base())
			.requestFactory(this.requests)
			.requestInterceptor(interceptor);
	}

	@Override
	public ClientHttpRequestInterceptor interceptor(String name) {
		return find(name);
	}

	private TokenExchangeInterceptor find(String name) {
		TokenExchangeInterceptor interceptor = this.interceptors.get(name);
		if (interceptor == null) {
			throw new IllegalArgumentException("There is no downstream '" + name
					+ "': configure mcp.remote.token-exchange.downstreams." + name + ".base-url");
		}
		return interceptor;
	}

}
