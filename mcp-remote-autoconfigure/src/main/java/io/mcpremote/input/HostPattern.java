// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A host, all hosts below a domain, or all hosts, at the usual port or another one.
 *
 * @param text the pattern of the host in lower case
 * @param port the port, {@link #USUAL} or {@link #ANY}
 */
record HostPattern(String text, int port) {

	/**
	 * Stands for the port that the scheme has without saying.
	 */
	static final int USUAL = -1;

	/**
	 * Stands for all ports.
	 */
	static final int ANY = 0;

	/**
	 * The longest name that there is.
	 */
	static final int MAX_HOST = 253;

	private static final int MAX_PORT = 65535;

	private static final String LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?";

	private static final Pattern VALID = Pattern
		.compile("(?<host>\\*|(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*)(:(?<port>\\*|[1-9][0-9]{0,4}))?");

	static boolean isValid(String text) {
		return parse(text) != null;
	}

	static HostPattern of(String text) {
		HostPattern pattern = parse(text);
		if (pattern == null) {
			throw new IllegalArgumentException(
					"'" + text + "' is no host, such as api.example.com, *.example.com or api.example.com:8443");
		}
		return pattern;
	}

	private static @Nullable HostPattern parse(String text) {
		if (text.length() > MAX_HOST) {
			return null;
		}
		Matcher matcher = VALID.matcher(text);
		if (!matcher.matches()) {
			return null;
		}
		int port = port(matcher.group("port"));
		return (port <= MAX_PORT) ? new HostPattern(matcher.group("host").toLowerCase(Locale.ROOT), port) : null;
	}

	private static int port(@Nullable String text) {
		if (text == null) {
			return USUAL;
		}
		return (text.equals("*")) ? ANY : Integer.parseInt(text);
	}

	/**
	 * Return whether a host in lower case is meant.
	 * @param host the host
	 * @param port the port
	 * @param usual whether that is the one that the scheme has without saying
	 */
	boolean matches(String host, int port, boolean usual) {
		boolean reached = (this.port != USUAL) ? this.port == ANY || this.port == port : usual;
		return reached && matches(host);
	}

	private boolean matches(String host) {
		if (this.text.equals("*")) {
			return true;
		}
		return (this.text.startsWith("*."))
				? host.length() >= this.text.length() && host.endsWith(this.text.substring(1)) : host.equals(this.text);
	}

}
