// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;

import io.mcpremote.wire.EndpointLocation;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the metadata of the endpoint as a protected resource (RFC 9728). It is the same
 * for everybody, whatever a request says of its host.
 */
final class ResourceMetadataServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private final transient EndpointLocation location;

	private final transient ResourceMetadata metadata;

	ResourceMetadataServlet(EndpointLocation location, ResourceMetadata metadata) {
		this.location = location;
		this.metadata = metadata;
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.setHeader("Access-Control-Allow-Origin", "*");
		if (!this.location.metadataPaths().contains(PathMatcher.path(request))) {
			response.setStatus(404);
			return;
		}
		switch (request.getMethod()) {
			case "GET", "HEAD" -> write(response);
			case "OPTIONS" -> preflight(response);
			default -> {
				response.setHeader("Allow", "GET, HEAD, OPTIONS");
				response.setStatus(405);
			}
		}
	}

	private void write(HttpServletResponse response) throws IOException {
		byte[] body = JsonMapper.shared().writeValueAsBytes(this.metadata.document());
		response.setContentType("application/json");
		response.setHeader("Cache-Control", "public, max-age=300");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	private static void preflight(HttpServletResponse response) {
		response.setStatus(204);
		response.setHeader("Access-Control-Allow-Methods", "GET, HEAD");
		response.setHeader("Access-Control-Allow-Headers", "MCP-Protocol-Version");
		response.setHeader("Access-Control-Max-Age", "3600");
	}

}
