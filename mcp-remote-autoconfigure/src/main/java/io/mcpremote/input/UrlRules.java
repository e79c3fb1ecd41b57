// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Which URLs may be opened.
 */
final class UrlRules {

	/**
	 * One sentence for all that is wrong with hosts, so that nobody learns which names
	 * there are inside.
	 */
	static final String HOST = "it must name a host that may be reached from here";

	private static final String FORM = "it must be a complete URL with a host";

	private static final int MAX_LENGTH = 2048;

	private static final Pattern NAME = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");

	/**
	 * The one way to write an IPv4 address that everybody reads alike.
	 */
	private static final Pattern IPV4 = Pattern
		.compile("(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");

	private static final Pattern NUMERIC_END = Pattern.compile("(.*\\.)?[0-9][^.]*");

	private final Set<String> schemes;

	private final List<HostPattern> hosts;

	private final PublicAddresses addresses;

	UrlRules(Set<String> schemes, List<HostPattern> hosts, PublicAddresses addresses) {
		this.schemes = Set.copyOf(schemes);
		this.hosts = List.copyOf(hosts);
		this.addresses = addresses;
	}

	static UrlRules of(McpRemoteInputProperties.Url properties, PublicAddresses addresses) {
		return new UrlRules(Set.copyOf(properties.schemes()), properties.hosts().stream().map(HostPattern::of).toList(),
				addresses);
	}

	UrlRules withHosts(List<String> others) {
		return new UrlRules(this.schemes, others.stream().map(HostPattern::of).toList(), this.addresses);
	}

	boolean allowsNothing() {
		return this.hosts.isEmpty();
	}

	PublicAddresses addresses() {
		return this.addresses;
	}

	/**
	 * Return what is wrong with a URL, its addresses at this moment included.
	 * @return a sentence, or {@code null}
	 */
	@Nullable String faultOf(String url) {
		if (url.length() > MAX_LENGTH) {
			return FORM + ", of at most " + MAX_LENGTH + " characters";
		}
		try {
			URI uri = new URI(url);
			String fault = faultOf(uri);
			if (fault == null) {
				this.addresses.of(unbracketed(uri.getHost()));
			}
			return fault;
		}
		catch (URISyntaxException ex) {
			return FORM;
		}
		catch (UnknownHostException ex) {
			return HOST;
		}
	}

	/**
	 * Return what is wrong with a URL, whatever its addresses.
	 * @return a sentence, or {@code null}
	 */
	@Nullable String faultOf(URI uri) {
		if (uri.getScheme() == null || !this.schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
			return "it must begin with " + String.join(":// or ", this.schemes.stream().sorted().toList()) + "://";
		}
		if (uri.getRawUserInfo() != null || String.valueOf(uri.getRawAuthority()).indexOf('@') >= 0) {
			return "it must not have a user name or password in it";
		}
		if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65535) {
			return FORM;
		}
		String host = uri.getHost().toLowerCase(Locale.ROOT);
		if (host.length() > HostPattern.MAX_HOST) {
			return HOST;
		}
		boolean readable = (host.startsWith("[")) ? isIpv6(host) : NAME.matcher(host).matches()
				&& (!NUMERIC_END.matcher(host).matches() || IPV4.matcher(host).matches());
		return (readable && isListed(host, uri)) ? null : HOST;
	}

	private boolean isListed(String host, URI uri) {
		int usual = (uri.getScheme().equalsIgnoreCase("https")) ? 443 : 80;
		int port = (uri.getPort() != -1) ? uri.getPort() : usual;
		return this.hosts.stream().anyMatch((pattern) -> pattern.matches(host, port, port == usual));
	}

	/**
	 * Return whether a literal stands for what it looks like, and not for an IPv4 address
	 * or for an interface of this machine.
	 */
	private static boolean isIpv6(String host) {
		try {
			return host.indexOf('%') < 0 && InetAddress.getByName(unbracketed(host)) instanceof Inet6Address;
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	private static String unbracketed(String host) {
		return (host.startsWith("[")) ? host.substring(1, host.length() - 1) : host;
	}

}
