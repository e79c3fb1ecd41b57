// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.security;

import java.net.URI;
import java.util.Locale;

/**
 * Where a service is.
 *
 * @param name the name of the service
 * @param base the URL below which it is
 */
record TokenExchangeTarget(String name, URI base) {

	boolean covers(URI uri) {
		return this.base.getScheme().equalsIgnoreCase(uri.getScheme())
				&& this.base.getHost().equalsIgnoreCase(uri.getHost()) && port(this.base) == port(uri)
				&& coversPath((uri.getRawPath() != null) ? uri.getRawPath() : "");
	}

	private boolean coversPath(String path) {
		String prefix = (this.base.getRawPath() != null) ? this.base.getRawPath() : "";
		prefix = (prefix.endsWith("/")) ? prefix.substring(0, prefix.length() - 1) : prefix;
		boolean below = path.equals(prefix) || path.startsWith(prefix + "/");
		return below && !climbs(path);
	}

	private static boolean climbs(String path) {
		for (String segment : path.toLowerCase(Locale.ROOT).replace("%2e", ".").split("%2f|%5c|/")) {
			if (segment.equals("..") || segment.equals(".")) {
				return true;
			}
		}
		return false;
	}

	private static int port(URI uri) {
		if (uri.getPort() >= 0) {
			return uri.getPort();
		}
		return ("https".equalsIgnoreCase(uri.getScheme())) ? 443 : 80;
	}

}
