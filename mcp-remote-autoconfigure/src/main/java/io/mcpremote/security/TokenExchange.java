// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.function.Consumer;

import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestClient;

/**
 * Lets tools call other services on behalf of the caller, with a token that was issued
 * for that service in exchange for the caller's (RFC 8693). The caller's own token is
 * never sent to a service.
 *
 * @since 0.1.0
 */
public interface TokenExchange {

	/**
	 * Return what makes a client of a service out of a builder: the service's base URL,
	 * the {@linkplain #interceptor interceptor}, and a request factory that follows no
	 * redirects. Made for {@link RestClient.Builder#apply}.
	 * @param name the name of the service below
	 * {@code mcp.remote.token-exchange.downstreams}
	 * @return configures the builder
	 */
	Consumer<RestClient.Builder> downstream(String name);

	/**
	 * Return an interceptor that authorizes requests to a service. It refuses to send
	 * anything to other places, but does not see redirects, which the request factory
	 * must not follow.
	 * @param name the name of the service below
	 * {@code mcp.remote.token-exchange.downstreams}
	 * @return the interceptor
	 */
	ClientHttpRequestInterceptor interceptor(String name);

}
