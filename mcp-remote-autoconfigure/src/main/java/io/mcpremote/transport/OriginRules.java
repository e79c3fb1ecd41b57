// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.transport;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.mcpremote.call.RefusalReason;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Decides through which web pages and under which host names the endpoint may be reached,
 * so that no web page can use a visitor's browser against it.
 */
final class OriginRules {

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	private static final Pattern LOOPBACK_ORIGIN = Pattern
		.compile("https?://(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::\\d+)?");

	private final boolean anyOrigin;

	private final Set<String> origins;

	private final boolean loopbackOrigins;

	private final boolean anyHost;

	private final boolean hostsConfigured;

	private final Set<String> hosts;

	OriginRules(@Nullable URI publicUrl, List<String> allowedOrigins, List<String> allowedHosts) {
		this.anyOrigin = allowedOrigins.contains("*");
		this.anyHost = allowedHosts.contains("*");
		this.hostsConfigured = !allowedHosts.isEmpty();
		this.loopbackOrigins = allowedOrigins.isEmpty() && (publicUrl == null || isLoopback(publicUrl.getHost()));
		this.origins = allowedOrigins.stream().map(OriginRules::normalisedOrigin).collect(Collectors.toSet());
		this.hosts = allowedHosts.stream().map(OriginRules::normalised).collect(Collectors.toSet());
		if (publicUrl != null) {
			this.origins.add(origin(publicUrl));
			if (!this.hostsConfigured) {
				this.hosts.add(normalised(publicUrl.getHost()));
			}
		}
	}

	/**
	 * Check a request.
	 * @param request the request
	 * @param anonymous whether nobody vouches for the caller and it is served all the
	 * same
	 * @throws RefusedException if it came through a page or host that is not allowed
	 */
	void check(HttpServletRequest request, boolean anonymous) throws RefusedException {
		String origin = request.getHeader("Origin");
		if (origin != null && !isAllowedOrigin(origin)) {
			throw new RefusedException(RefusalReason.FORBIDDEN_ORIGIN,
					"This Origin may not use the server; allow it with mcp.remote.allowed-origins");
		}
		// A page that rebinds a name cannot send credentials, so an authenticated request
		// is safe from it
		boolean unchecked = this.anyHost || (!anonymous && !this.hostsConfigured);
		if (!unchecked && !isAllowedHost(request)) {
			throw new RefusedException(RefusalReason.FORBIDDEN_ORIGIN,
					"The server may not be reached under this Host; allow it with mcp.remote.allowed-hosts");
		}
	}

	private boolean isAllowedOrigin(String origin) {
		if (this.anyOrigin) {
			return true;
		}
		String candidate = normalisedOrigin(origin);
		return this.origins.contains(candidate)
				|| (this.loopbackOrigins && LOOPBACK_ORIGIN.matcher(candidate).matches());
	}

	private boolean isAllowedHost(HttpServletRequest request) {
		// HTTP/2 has a pseudo-header in its place
		String header = ("HTTP/2.0".equals(request.getProtocol()) && request.getHeader("Host") == null)
				? request.getServerName() : request.getHeader("Host");
		if (header == null) {
			return false;
		}
		String host = withoutPort(normalised(header));
		return this.hosts.contains(host) || this.hosts.contains(normalised(header))
				|| (!this.hostsConfigured && isLoopback(host));
	}

	private static boolean isLoopback(@Nullable String host) {
		return host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
	}

	private static String origin(URI url) {
		String port = (url.getPort() != -1) ? ":" + url.getPort() : "";
		return normalisedOrigin(url.getScheme() + "://" + url.getHost() + port);
	}

	/**
	 * Browsers leave out the default port; people who configure an origin may not.
	 */
	private static String normalisedOrigin(String text) {
		String origin = normalised(text);
		String port = (origin.startsWith("https://")) ? ":443" : (origin.startsWith("http://")) ? ":80" : "/";
		return (origin.endsWith(port)) ? origin.substring(0, origin.length() - port.length()) : origin;
	}

	private static String normalised(String text) {
		return StringUtils.trimTrailingCharacter(text.strip().toLowerCase(Locale.ROOT), '/');
	}

	private static String withoutPort(String authority) {
		int bracket = authority.lastIndexOf(']');
		int colon = authority.lastIndexOf(':');
		return (colon > bracket) ? authority.substring(0, colon) : authority;
	}

}
