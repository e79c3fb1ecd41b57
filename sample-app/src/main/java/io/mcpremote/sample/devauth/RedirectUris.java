// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.sample.devauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Where browsers are sent back to.
 */
final class RedirectUris {

	private static final Set<String> UNSAFE = Set.of("about", "blob", "data", "file", "javascript", "vbscript");

	private RedirectUris() {
	}

	/**
	 * Return whether a client may name it: a page, a port of this machine, or an
	 * application by its own scheme (RFC 8252).
	 */
	static boolean isAcceptable(@Nullable String text) {
		URI uri = parse(text);
		if (uri == null || uri.getScheme() == null || uri.getRawFragment() != null) {
			return false;
		}
		return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
			case "https" -> uri.getHost() != null;
			case "http" -> Loopback.isLoopback(uri.getHost());
			default -> !UNSAFE.contains(uri.getScheme().toLowerCase(Locale.ROOT));
		};
	}

	static boolean isLoopback(@Nullable String text) {
		URI uri = parse(text);
		return uri != null && "http".equals(uri.getScheme()) && Loopback.isLoopback(uri.getHost())
				&& uri.getRawUserInfo() == null && uri.getRawFragment() == null;
	}

	/**
	 * Return whether both are the same but for the port, which native clients take as it
	 * comes.
	 */
	static boolean matchesAnyPort(String registered, String requested) {
		URI one = parse(registered);
		URI other = parse(requested);
		return isLoopback(registered) && isLoopback(requested) && one != null && other != null
				&& one.getHost().equals(other.getHost()) && path(one).equals(path(other))
				&& Objects.equals(one.getRawQuery(), other.getRawQuery());
	}

	/**
	 * Return who gets what a browser is sent back with, in words for its user.
	 */
	static String destination(String redirectUri) {
		URI uri = URI.create(redirectUri);
		return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme())) ? uri.getHost()
				: "the application that opens " + uri.getScheme() + ": links";
	}

	private static String path(URI uri) {
		return (uri.getRawPath() == null || uri.getRawPath().isEmpty()) ? "/" : uri.getRawPath();
	}

	private static @Nullable URI parse(@Nullable String text) {
		try {
			return (text != null) ? new URI(text) : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
