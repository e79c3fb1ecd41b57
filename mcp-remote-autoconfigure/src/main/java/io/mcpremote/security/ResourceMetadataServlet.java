// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.util.Set;

import io.mcpremote.wire.EndpointLocation;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the metadata of the endpoint as a protected resource (RFC 9728). It is the same
 * for everybody, whatever a request says of its host.
 */
final class ResourceMetadataServlet extends PublicDocumentServlet {

	private static final long serialVersionUID = 1L;

	private final transient EndpointLocation location;

	private final transient ResourceMetadata metadata;

	ResourceMetadataServlet(EndpointLocation location, ResourceMetadata metadata) {
		this.location = location;
		this.metadata = metadata;
	}

	@Override
	Set<String> paths() {
		return this.location.metadataPaths();
	}

	@Override
	byte[] document() {
		return JsonMapper.shared().writeValueAsBytes(this.metadata.document());
	}

}
