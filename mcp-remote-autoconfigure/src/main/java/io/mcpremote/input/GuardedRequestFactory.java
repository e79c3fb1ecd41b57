// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * Opens URLs that somebody else has chosen. Connects to the very addresses that it has
 * found to be public, looks at each redirect as at the first URL, and reads no more and
 * no longer than is allowed. Made for {@code RestClient.Builder#requestFactory}.
 *
 * @since 0.1.0
 */
public final class GuardedRequestFactory implements ClientHttpRequestFactory, DisposableBean {

	private static final int MAX_LINE = 16 * 1024;

	private static final int MAX_HEADERS = 200;

	private static final int MAX_CONNECTIONS = 200;

	private static final int MAX_CONNECTIONS_PER_HOST = 20;

	/**
	 * Each address that does not answer takes the time of one connection.
	 */
	private static final int MAX_ADDRESSES = 4;

	private final HttpComponentsClientHttpRequestFactory requests;

	private final TotalTime totalTime;

	GuardedRequestFactory(UrlRules rules, McpRemoteInputProperties.Url properties) {
		Timeout timeout = Timeout.ofMilliseconds(properties.timeout().toMillis());
		RequestConfig config = RequestConfig.custom()
			.setConnectionRequestTimeout(timeout)
			.setResponseTimeout(timeout)
			.setMaxRedirects(Math.max(1, properties.maxRedirects()))
			.setRedirectsEnabled(properties.maxRedirects() > 0)
			.build();
		this.totalTime = new TotalTime(properties.totalTimeout());
		// Without compression: what is counted is what the application reads
		this.requests = new HttpComponentsClientHttpRequestFactory(HttpClientBuilder.create()
			.setConnectionManager(connections(rules.addresses(), timeout))
			.setDefaultRequestConfig(config)
			.addExecInterceptorFirst("mcp-remote-time", this.totalTime)
			.addExecInterceptorAfter(ChainElement.REDIRECT.name(), "mcp-remote",
					new GuardedExchange(rules, properties.maxSize().toBytes()))
			.disableContentCompression()
			.disableCookieManagement()
			.disableAuthCaching()
			.disableAutomaticRetries()
			.build());
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
		return this.requests.createRequest(uri, method);
	}

	@Override
	public void destroy() throws Exception {
		this.totalTime.stop();
		this.requests.destroy();
	}

	private static HttpClientConnectionManager connections(PublicAddresses addresses, Timeout timeout) {
		return PoolingHttpClientConnectionManagerBuilder.create()
			.setDnsResolver(new Resolver(addresses))
			.setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
				.http1Config(Http1Config.custom().setMaxLineLength(MAX_LINE).setMaxHeaderCount(MAX_HEADERS).build())
				.build())
			.setDefaultConnectionConfig(ConnectionConfig.custom()
				.setConnectTimeout(timeout)
				.setSocketTimeout(timeout)
				.setTimeToLive(TimeValue.of(1, TimeUnit.MINUTES))
				.build())
			.setMaxConnTotal(MAX_CONNECTIONS)
			.setMaxConnPerRoute(MAX_CONNECTIONS_PER_HOST)
			.build();
	}

	/**
	 * What it returns is what is connected to.
	 */
	private record Resolver(PublicAddresses addresses) implements DnsResolver {

		@Override
		public InetAddress[] resolve(String host) throws UnknownHostException {
			InetAddress[] found = this.addresses.of(host);
			return (found.length > MAX_ADDRESSES) ? Arrays.copyOf(found, MAX_ADDRESSES) : found;
		}

		@Override
		public String resolveCanonicalHostname(String host) {
			return host;
		}

	}

}
