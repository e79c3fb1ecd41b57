// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Set;

import io.mcpremote.wire.EndpointLocation;

import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;

/**
 * What stands in front of the endpoint. No filter itself, since Spring Boot puts filters
 * that are beans in front of the whole application.
 *
 * @param location where the endpoint is
 * @param authentication finds out who calls
 */
record EndpointSecurity(EndpointLocation location, AuthenticationFilter authentication) {

	Set<String> urlPatterns() {
		return Set.of((this.location.path().isEmpty()) ? "/" : this.location.path());
	}

	SecurityFilterChain chain() {
		return new DefaultSecurityFilterChain(new PathMatcher(urlPatterns()), this.authentication);
	}

}
