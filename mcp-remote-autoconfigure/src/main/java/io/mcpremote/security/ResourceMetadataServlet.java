// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the metadata of the endpoint as a protected resource (RFC 9728). It is the same
 * for everybody, whatever a request says of its host.
 */
final class ResourceMetadataServlet extends PublicDocumentServlet {

	private static final long serialVersionUID = 1L;

	private final transient ResourceMetadata metadata;

	ResourceMetadataServlet(ResourceMetadata metadata) {
		this.metadata = metadata;
	}

	@Override
	byte[] document() {
		return JsonMapper.shared().writeValueAsBytes(this.metadata.document());
	}

}
