// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.input;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host, all hosts below a domain, or all hosts.
 *
 * @param text the pattern in lower case
 */
record HostPattern(String text) {

	private static final String LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?";

	private static final Pattern VALID = Pattern.compile("\\*|(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");

	static boolean isValid(String text) {
		return VALID.matcher(text).matches();
	}

	static HostPattern of(String text) {
		if (!isValid(text)) {
			throw new IllegalArgumentException("'" + text + "' is no host, such as api.example.com or *.example.com");
		}
		return new HostPattern(text.toLowerCase(Locale.ROOT));
	}

	/**
	 * Return whether a host in lower case is meant.
	 */
	boolean matches(String host) {
		if (this.text.equals("*")) {
			return true;
		}
		return (this.text.startsWith("*."))
				? host.length() >= this.text.length() && host.endsWith(this.text.substring(1)) : host.equals(this.text);
	}

}
