// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.mcpremote.wire.EndpointLocation;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the metadata of the endpoint as a protected resource (RFC 9728). It is the same
 * for everybody, whatever a request says of its host.
 */
final class ResourceMetadataFilter implements Filter {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final EndpointLocation location;

	private final ResourceMetadata metadata;

	ResourceMetadataFilter(EndpointLocation location, ResourceMetadata metadata) {
		this.location = location;
		this.metadata = metadata;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest http = (HttpServletRequest) request;
		String path = EndpointMatcher.path(http);
		if (!path.startsWith(EndpointLocation.WELL_KNOWN)) {
			chain.doFilter(request, response);
			return;
		}
		HttpServletResponse answer = (HttpServletResponse) response;
		answer.setHeader("Access-Control-Allow-Origin", "*");
		if (!this.location.metadataPaths().contains(path)) {
			answer.setStatus(404);
			return;
		}
		switch (http.getMethod()) {
			case "GET", "HEAD" -> write(answer);
			case "OPTIONS" -> preflight(answer);
			default -> {
				answer.setHeader("Allow", "GET, HEAD, OPTIONS");
				answer.setStatus(405);
			}
		}
	}

	private void write(HttpServletResponse answer) throws IOException {
		byte[] body = JSON.writeValueAsString(this.metadata.document()).getBytes(StandardCharsets.UTF_8);
		answer.setContentType("application/json");
		answer.setHeader("Cache-Control", "public, max-age=300");
		answer.setContentLength(body.length);
		answer.getOutputStream().write(body);
	}

	private static void preflight(HttpServletResponse answer) {
		answer.setStatus(204);
		answer.setHeader("Access-Control-Allow-Methods", "GET, HEAD");
		answer.setHeader("Access-Control-Allow-Headers", "MCP-Protocol-Version");
		answer.setHeader("Access-Control-Max-Age", "3600");
	}

}
