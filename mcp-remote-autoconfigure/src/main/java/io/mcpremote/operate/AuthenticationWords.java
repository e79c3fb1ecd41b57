// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.operate;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.mcpremote.security.ApiKeyRepository;
import io.mcpremote.security.McpRemoteSecurityProperties;
import io.mcpremote.security.McpRemoteSecurityProperties.Issuer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Says in words who may call.
 */
final class AuthenticationWords {

	private static final String RESOURCE_SERVER = "spring.security.oauth2.resourceserver.";

	/**
	 * These have no host.
	 */
	private static final Set<String> PLAIN = Set.of("classpath", "file");

	private final Environment environment;

	private final ListableBeanFactory beans;

	AuthenticationWords(Environment environment, ListableBeanFactory beans) {
		this.environment = environment;
		this.beans = beans;
	}

	@Override
	public String toString() {
		if (!this.environment.getProperty("mcp.remote.security.enabled", Boolean.class, true)) {
			return "none: everybody who can reach the endpoint is served";
		}
		List<String> words = new ArrayList<>();
		McpRemoteSecurityProperties properties = this.beans.getBeanProvider(McpRemoteSecurityProperties.class)
			.getIfAvailable();
		add(words, "access tokens of ", "jwt.issuer-uri");
		if (words.isEmpty()) {
			add(words, "access tokens signed with the keys at ", "jwt.jwk-set-uri");
			add(words, "access tokens signed with the key in ", "jwt.public-key-location");
		}
		if (properties != null) {
			properties.issuers()
				.stream()
				.map(Issuer::uri)
				.map((uri) -> "access tokens of " + shown(uri))
				.forEach(words::add);
		}
		add(words, "opaque tokens introspected at ", "opaquetoken.introspection-uri");
		if (this.beans.getBeanNamesForType(ApiKeyRepository.class, true, false).length > 0) {
			words.add("API keys");
		}
		if (words.isEmpty()) {
			words.add("access tokens, verified by the application's own means");
		}
		if (properties != null && properties.dpop().required()) {
			words.add("proof of possession required");
		}
		return String.join("; ", words);
	}

	private void add(List<String> words, String what, String key) {
		String value = this.environment.getProperty(RESOURCE_SERVER + key);
		if (value != null && !value.isBlank()) {
			words.add(what + shown(value));
		}
	}

	/**
	 * URLs may hold credentials.
	 */
	private static String shown(String value) {
		@Nullable URI uri = uri(value);
		if (uri != null && uri.getHost() == null && !PLAIN.contains(String.valueOf(uri.getScheme()))) {
			// What stands where the host should be may be credentials
			return "a location that is not shown";
		}
		if (uri == null || uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
			return (uri != null) ? value : "a location that is no URL";
		}
		return uri.getScheme() + "://" + uri.getHost() + ((uri.getPort() != -1) ? ":" + uri.getPort() : "")
				+ uri.getRawPath();
	}

	private static @Nullable URI uri(String value) {
		try {
			return URI.create(value);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
