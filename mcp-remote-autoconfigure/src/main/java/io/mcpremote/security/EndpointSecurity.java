// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.List;

import io.mcpremote.wire.EndpointLocation;

import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Everything that stands in front of the endpoint. Not a filter itself, since Spring Boot
 * puts filters that are beans in front of the whole application.
 */
final class EndpointSecurity {

	private final EndpointLocation location;

	private final ResourceMetadata metadata;

	private final AuthenticationFilter authentication;

	EndpointSecurity(EndpointLocation location, ResourceMetadata metadata, AuthenticationFilter authentication) {
		this.location = location;
		this.metadata = metadata;
		this.authentication = authentication;
	}

	SecurityFilterChain chain() {
		return new DefaultSecurityFilterChain(new EndpointMatcher(this.location),
				new ResourceMetadataFilter(this.location, this.metadata), this.authentication);
	}

	List<String> urlPatterns() {
		return List.of((this.location.path().isEmpty()) ? "/" : this.location.path(), EndpointLocation.WELL_KNOWN,
				EndpointLocation.WELL_KNOWN + "/*");
	}

}
