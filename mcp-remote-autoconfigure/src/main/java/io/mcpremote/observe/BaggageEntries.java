// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.observe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

/**
 * Takes out of the baggage of a client what is expected, and harmless where it goes: into
 * logs, and into requests to other services.
 */
final class BaggageEntries {

	private static final int MAX_LENGTH = 512;

	private BaggageEntries() {
	}

	/**
	 * Return the entries of some names, without their properties.
	 * @return the entries or {@code null} if there are none
	 */
	static @Nullable String allowed(@Nullable String baggage, Set<String> names) {
		if (baggage == null || names.isEmpty() || baggage.length() > MAX_LENGTH) {
			return null;
		}
		StringJoiner entries = new StringJoiner(",");
		for (String member : baggage.split(",")) {
			String entry = member.split(";", 2)[0];
			int equals = entry.indexOf('=');
			String name = (equals > 0) ? entry.substring(0, equals).strip() : "";
			if (names.contains(name) && isHarmless(entry.substring(equals + 1).strip())) {
				entries.add(name + '=' + entry.substring(equals + 1).strip());
			}
		}
		return (entries.length() > 0) ? entries.toString() : null;
	}

	private static boolean isHarmless(String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c <= ' ' || c > '~' || c == '"' || c == '\\') {
				return false;
			}
		}
		try {
			String decoded = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
			return LogText.clean(decoded).equals(decoded);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
