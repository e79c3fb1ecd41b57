// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import io.mcpremote.audit.McpRemoteAuditProperties.Mode;

/**
 * Takes out of a URI what must not be on record: what stands in its query is as good as
 * an argument.
 */
final class UriText {

	private static final int MAX_READ = 4 * Shown.MAX_URI;

	private UriText() {
	}

	/**
	 * Return a URI without secrets.
	 * @param uri the URI
	 * @param rules tell by the names of parameters which of them are secret
	 * @param mode what is recorded of arguments
	 */
	static String of(String uri, NameRules rules, Mode mode) {
		String read = (uri.length() <= MAX_READ) ? uri : uri.substring(0, MAX_READ);
		int query = queryStart(read);
		if (query < 0) {
			return SecretText.of(read, Shown.MAX_URI);
		}
		if (mode == Mode.NONE) {
			return SecretText.of(read.substring(0, query), Shown.MAX_URI) + "?" + SecretText.MASK;
		}
		StringBuilder out = new StringBuilder(read.length()).append(read, 0, query);
		int start = query;
		while (start < read.length()) {
			int end = next(read, start + 1);
			parameter(read, start, end, rules, mode, out);
			start = end;
		}
		return SecretText.of(out.toString(), Shown.MAX_URI);
	}

	private static void parameter(String uri, int start, int end, NameRules rules, Mode mode, StringBuilder out) {
		int equals = uri.indexOf('=', start);
		if (equals < 0 || equals >= end) {
			// A value without a name, or a name without a value
			out.append((mode == Mode.NAMES) ? uri.charAt(start) + SecretText.MASK : uri.substring(start, end));
			return;
		}
		String name = decoded(uri.substring(start + 1, equals));
		boolean secret = mode == Mode.NAMES || rules.everything() || rules.isSecretName(name);
		out.append(uri, start, equals + 1).append((secret) ? SecretText.MASK : uri.substring(equals + 1, end));
	}

	private static int queryStart(String uri) {
		int query = uri.indexOf('?');
		int fragment = uri.indexOf('#');
		return (query < 0 || (fragment >= 0 && fragment < query)) ? fragment : query;
	}

	private static int next(String uri, int from) {
		for (int i = from; i < uri.length(); i++) {
			if ("&;#?".indexOf(uri.charAt(i)) >= 0) {
				return i;
			}
		}
		return uri.length();
	}

	private static String decoded(String name) {
		try {
			return URLDecoder.decode(name, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return name;
		}
	}

}
