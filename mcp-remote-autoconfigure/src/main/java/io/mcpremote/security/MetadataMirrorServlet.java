// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;

/**
 * Serves the metadata of the authorization server where clients of revision 2025-03-26
 * look for it, which is the host of the endpoint.
 */
final class MetadataMirrorServlet extends PublicDocumentServlet {

	private static final long serialVersionUID = 1L;

	private final transient MetadataMirror mirror;

	MetadataMirrorServlet(MetadataMirror mirror) {
		this.mirror = mirror;
	}

	@Override
	byte[] document() throws IOException {
		return this.mirror.document();
	}

}
