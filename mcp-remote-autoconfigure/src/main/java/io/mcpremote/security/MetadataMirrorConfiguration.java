// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.mcpremote.call.StartupException;
import io.mcpremote.wire.EndpointLocation;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Configures the copy of the authorization server's metadata, which nobody gets unasked:
 * its paths may be those of an authorization server within the application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("mcp.remote.security.metadata-mirror")
class MetadataMirrorConfiguration {

	private static final List<String> PLACES = List.of("/.well-known/oauth-authorization-server",
			"/.well-known/openid-configuration");

	@Bean
	ServletRegistrationBean<MetadataMirrorServlet> mcpRemoteMetadataMirror(EndpointLocation location,
			McpRemoteSecurityProperties properties, TokenVerifiers verifiers) {
		List<String> servers = (properties.authorizationServers().isEmpty()) ? verifiers.issuers()
				: List.copyOf(properties.authorizationServers());
		if (servers.isEmpty()) {
			throw new StartupException(
					"mcp.remote.security.metadata-mirror is set, but it is not known whose metadata to copy.",
					"Set spring.security.oauth2.resourceserver.jwt.issuer-uri or"
							+ " mcp.remote.security.authorization-servers.");
		}
		Set<String> paths = paths(location);
		MetadataMirror mirror = new MetadataMirror(verifiers.metadata(), servers.get(0), Clock.systemUTC());
		ServletRegistrationBean<MetadataMirrorServlet> registration = new ServletRegistrationBean<>(
				new MetadataMirrorServlet(mirror), paths.toArray(String[]::new));
		registration.setName("mcpRemoteMetadataMirror");
		return registration;
	}

	/**
	 * Nothing stands in front of what everybody may read.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 100)
	@ConditionalOnBean(name = "springSecurityFilterChain")
	SecurityFilterChain mcpRemoteMetadataMirrorFilterChain(EndpointLocation location) {
		return new DefaultSecurityFilterChain(new PathMatcher(paths(location)));
	}

	/**
	 * At the root, and like the metadata of the resource with its path inserted.
	 */
	private static Set<String> paths(EndpointLocation location) {
		Set<String> paths = new LinkedHashSet<>(PLACES);
		for (String path : location.metadataPaths()) {
			PLACES.forEach((place) -> paths.add(place + path.substring(EndpointLocation.WELL_KNOWN.length())));
		}
		return paths;
	}

}
