// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;
import org.springframework.security.core.Authentication;

/**
 * Authorizes requests to one service on behalf of whoever is authenticated on the thread.
 * A request that cannot be authorized is not sent.
 */
final class TokenExchangeInterceptor implements ClientHttpRequestInterceptor {

	private final TokenExchangeTarget target;

	private final TokenExchangeRequests requests;

	private final TokenExchangeTokens tokens;

	private final Supplier<@Nullable Authentication> caller;

	TokenExchangeInterceptor(TokenExchangeTarget target, TokenExchangeRequests requests, TokenExchangeTokens tokens,
			Supplier<@Nullable Authentication> caller) {
		this.target = target;
		this.requests = requests;
		this.tokens = tokens;
		this.caller = caller;
	}

	URI base() {
		return this.target.base();
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		check(request);
		TokenExchangeSubject subject = TokenExchangeSubject.of(this.target.name(), this.caller.get());
		TokenExchangeKey key = TokenExchangeKey.of(this.target.name(), subject);
		TokenExchangeResult token = token(key, subject);
		ClientHttpResponse response = execution.execute(new Authorized(request, token.value()), body);
		if (!HttpStatus.UNAUTHORIZED.isSameCodeAs(response.getStatusCode())) {
			return response;
		}
		// Whoever answers so has done nothing: even a POST may be sent again
		response.close();
		this.tokens.forget(key, token);
		return execution.execute(new Authorized(request, token(key, subject).value()), body);
	}

	private TokenExchangeResult token(TokenExchangeKey key, TokenExchangeSubject subject) {
		return this.tokens.get(key, subject.token().getExpiresAt(), () -> this.requests.exchange(subject.token()));
	}

	private void check(HttpRequest request) {
		if (!this.target.covers(request.getURI())) {
			throw new TokenExchangeException("A request was to be sent with a token for downstream '"
					+ this.target.name() + "', but not below its base URL " + this.target.base());
		}
		if (request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) {
			throw new TokenExchangeException("A request to downstream '" + this.target.name()
					+ "' already has an Authorization header, which would be replaced by the exchanged token");
		}
	}

	/**
	 * The request with the token, which those outside of this interceptor do not get to
	 * see and may pass in again.
	 */
	private static final class Authorized extends HttpRequestWrapper {

		private final HttpHeaders headers;

		private Authorized(HttpRequest request, String token) {
			super(request);
			this.headers = new HttpHeaders();
			this.headers.addAll(request.getHeaders());
			this.headers.setBearerAuth(token);
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

}
