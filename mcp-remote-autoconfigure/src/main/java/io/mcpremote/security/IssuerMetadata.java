// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;

/**
 * Reads what an issuer publishes about itself, at the places RFC 8414 and OpenID Connect
 * Discovery have for it.
 */
final class IssuerMetadata {

	private final ResourceRetriever retriever;

	IssuerMetadata(ResourceRetriever retriever) {
		this.retriever = retriever;
	}

	/**
	 * Read the metadata of an issuer.
	 * @param issuer its identifier
	 * @return the metadata, which names that issuer
	 * @throws IOException if there is none or it is another's
	 */
	Map<String, Object> read(String issuer) throws IOException {
		IOException problem = new IOException("The issuer has no metadata");
		for (String location : locations(issuer)) {
			try {
				Map<String, Object> metadata = JSONObjectUtils
					.parse(this.retriever.retrieveResource(URI.create(location).toURL()).getContent());
				if (issuer.equals(metadata.get("issuer"))) {
					return metadata;
				}
				problem.addSuppressed(new IOException("The metadata at " + location + " is that of another issuer"));
			}
			catch (IOException | ParseException | IllegalArgumentException ex) {
				problem.addSuppressed(ex);
			}
		}
		throw problem;
	}

	private static Set<String> locations(String issuer) {
		URI uri = URI.create(issuer);
		String origin = uri.getScheme() + "://" + uri.getRawAuthority();
		String path = (uri.getRawPath() == null || "/".equals(uri.getRawPath())) ? "" : uri.getRawPath();
		Set<String> locations = new LinkedHashSet<>();
		locations.add(origin + "/.well-known/oauth-authorization-server" + path);
		locations.add(origin + "/.well-known/openid-configuration" + path);
		locations.add(origin + path.replaceFirst("/$", "") + "/.well-known/openid-configuration");
		return locations;
	}

}
