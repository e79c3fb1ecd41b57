// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.URI;
import java.util.Locale;

/**
 * Makes URIs comparable that are meant for the same place, as RFC 9449 asks for.
 */
final class TargetUri {

	private TargetUri() {
	}

	/**
	 * Return a URI in the form that all URIs for that place share: without query and
	 * fragment, and like a resource's identifier without a slash at the end.
	 * @return the URI, empty if it is none of a web server
	 */
	static String normalize(String text) {
		try {
			URI uri = URI.create(text).normalize();
			String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
			boolean secure = "https".equals(scheme);
			if ((!secure && !"http".equals(scheme)) || uri.getHost() == null || uri.getRawUserInfo() != null) {
				return "";
			}
			boolean usual = uri.getPort() == -1 || uri.getPort() == ((secure) ? 443 : 80);
			String path = uri.getRawPath();
			return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ((usual) ? "" : ":" + uri.getPort())
					+ ((path.endsWith("/")) ? path.substring(0, path.length() - 1) : path);
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

}
