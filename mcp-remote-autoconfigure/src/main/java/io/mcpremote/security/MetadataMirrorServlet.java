// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.util.Set;

/**
 * Serves the metadata of the authorization server where clients of revision 2025-03-26
 * look for it, which is the host of the endpoint.
 */
final class MetadataMirrorServlet extends PublicDocumentServlet {

	private static final long serialVersionUID = 1L;

	private final transient Set<String> paths;

	private final transient MetadataMirror mirror;

	MetadataMirrorServlet(Set<String> paths, MetadataMirror mirror) {
		this.paths = paths;
		this.mirror = mirror;
	}

	@Override
	Set<String> paths() {
		return this.paths;
	}

	@Override
	byte[] document() throws IOException {
		return this.mirror.document();
	}

}
