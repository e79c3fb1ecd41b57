// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.mcpremote.call.StartupException;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.support.BasicAuthenticationInterceptor;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.web.client.RestTemplate;

/**
 * Makes Spring Security's introspector as Spring Boot does, but with timeouts, and with
 * requests that show no token to logs.
 */
final class IntrospectorFactory {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	/**
	 * Where Spring Security keeps what sends the requests.
	 */
	private static final String CLIENT = "restOperations";

	private final URI uri;

	private final String clientId;

	private final String clientSecret;

	IntrospectorFactory(String uri, String clientId, String clientSecret) {
		this.uri = URI.create(uri);
		this.clientId = clientId;
		this.clientSecret = clientSecret;
	}

	/**
	 * Create an introspector.
	 * @param customizers what the application changes of it
	 */
	SpringOpaqueTokenIntrospector create(List<Consumer<SpringOpaqueTokenIntrospector.Builder>> customizers) {
		return (customizers.isEmpty()) ? create() : customized(customizers);
	}

	private SpringOpaqueTokenIntrospector create() {
		RestTemplate rest = new RestTemplate(requests());
		// As RFC 6749, section 2.3.1, has it: encoded before they are put together
		rest.getInterceptors()
			.add(new BasicAuthenticationInterceptor(FormBody.encode(this.clientId),
					FormBody.encode(this.clientSecret)));
		SpringOpaqueTokenIntrospector introspector = new SpringOpaqueTokenIntrospector(this.uri.toString(), rest);
		introspector.setRequestEntityConverter(this::request);
		return introspector;
	}

	/**
	 * The builder is all that can be customized, and it has no place for timeouts.
	 */
	private SpringOpaqueTokenIntrospector customized(
			List<Consumer<SpringOpaqueTokenIntrospector.Builder>> customizers) {
		SpringOpaqueTokenIntrospector.Builder builder = SpringOpaqueTokenIntrospector
			.withIntrospectionUri(this.uri.toString())
			.clientId(this.clientId)
			.clientSecret(this.clientSecret)
			.postProcessor((introspector) -> introspector.setRequestEntityConverter(this::request));
		customizers.forEach((customizer) -> customizer.accept(builder));
		SpringOpaqueTokenIntrospector introspector = builder.build();
		restTemplate(introspector).setRequestFactory(requests());
		return introspector;
	}

	private static RestTemplate restTemplate(SpringOpaqueTokenIntrospector introspector) {
		DirectFieldAccessor fields = new DirectFieldAccessor(introspector);
		if (fields.isReadableProperty(CLIENT) && fields.getPropertyValue(CLIENT) instanceof RestTemplate rest) {
			return rest;
		}
		throw new StartupException(
				"With this version of Spring Security an introspector cannot both be customized and have timeouts.",
				"Define a bean of type OpaqueTokenIntrospector instead of customizing Spring Boot's.");
	}

	private RequestEntity<?> request(String token) {
		return RequestEntity.post(this.uri)
			.accept(MediaType.APPLICATION_JSON)
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.body(FormBody.of(Map.of("token", List.of(token))));
	}

	private static JdkClientHttpRequestFactory requests() {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().connectTimeout(TIMEOUT).build());
		requests.setReadTimeout(TIMEOUT);
		return requests;
	}

}
