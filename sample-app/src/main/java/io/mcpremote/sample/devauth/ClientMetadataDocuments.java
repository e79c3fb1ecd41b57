// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpremote.input.GuardedRequestFactory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Clients whose identifier is the URL of a document that says who they are. Whoever opens
 * the login page chooses the URL, so only public https ones are opened; on this machine
 * http will do.
 */
final class ClientMetadataDocuments {

	private static final Log logger = LogFactory.getLog(ClientMetadataDocuments.class);

	private static final int MAX_SIZE = 16 * 1024;

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final Cache<String, RegisteredClient> clients = Caffeine.newBuilder()
		.maximumSize(100)
		.expireAfterWrite(Duration.ofMinutes(5))
		.build();

	private final JsonMapper json = JsonMapper.shared();

	private final RestClient guarded;

	private final RestClient local;

	ClientMetadataDocuments(GuardedRequestFactory requests) {
		this.guarded = RestClient.builder().requestFactory(requests).build();
		JdkClientHttpRequestFactory localRequests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().connectTimeout(TIMEOUT).followRedirects(HttpClient.Redirect.NEVER).build());
		localRequests.setReadTimeout(TIMEOUT);
		this.local = RestClient.builder().requestFactory(localRequests).build();
	}

	/**
	 * Return the client that a document describes.
	 * @param clientId the URL of the document
	 * @return the client, or {@code null} if this is no such URL, or no such document
	 */
	@Nullable RegisteredClient find(String clientId) {
		URI url = url(clientId);
		if (url == null) {
			return null;
		}
		RegisteredClient client = this.clients.getIfPresent(clientId);
		if (client == null) {
			client = read(url, clientId);
			if (client != null) {
				this.clients.put(clientId, client);
			}
		}
		return client;
	}

	private @Nullable RegisteredClient read(URI url, String clientId) {
		try {
			byte[] document = fetch(url);
			ClientMetadata metadata = this.json.readValue(document, ClientMetadata.class);
			// What Jackson makes of the word null
			String fault = (metadata != null) ? metadata.fault(clientId) : "there is nothing in it";
			if (fault == null) {
				return metadata.toRegisteredClient(clientId);
			}
			logger.info("Does not accept the client described at " + url + ", since " + fault);
		}
		catch (RestClientException | JacksonException | IllegalArgumentException ex) {
			logger.info("Cannot read the description of a client at " + url, ex);
		}
		return null;
	}

	private byte[] fetch(URI url) {
		RestClient http = ("https".equals(url.getScheme())) ? this.guarded : this.local;
		return http.get().uri(url).exchangeForRequiredValue((request, response) -> {
			if (response.getStatusCode() != HttpStatus.OK) {
				throw new IllegalArgumentException("The answer was " + response.getStatusCode());
			}
			byte[] document = response.getBody().readNBytes(MAX_SIZE + 1);
			if (document.length > MAX_SIZE) {
				throw new IllegalArgumentException("It has more than " + MAX_SIZE + " bytes");
			}
			return document;
		});
	}

	private static @Nullable URI url(String clientId) {
		try {
			URI url = new URI(clientId);
			boolean scheme = "https".equals(url.getScheme())
					|| ("http".equals(url.getScheme()) && Loopback.isLoopback(url.getHost()));
			boolean document = url.getRawPath() != null && url.getRawPath().length() > 1 && url.normalize().equals(url)
					&& url.getRawFragment() == null && url.getRawUserInfo() == null;
			return (scheme && document) ? url : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
