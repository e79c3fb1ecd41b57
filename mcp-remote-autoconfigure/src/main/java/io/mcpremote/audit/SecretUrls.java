// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit;

import org.jspecify.annotations.Nullable;

/**
 * Finds in URLs who somebody is, and perhaps a password.
 */
final class SecretUrls {

	private SecretUrls() {
	}

	/**
	 * Find what stands before the host.
	 * @param start where it begins, or the host does
	 */
	static @Nullable Span userInfo(String text, int start, int end, LookAhead ahead) {
		if (!ahead.namesUser(start)) {
			return null;
		}
		int most = Math.min(end, start + LookAhead.MAX);
		int at = -1;
		boolean path = false;
		boolean password = false;
		for (int i = start; i < most && !endsUrl(text.charAt(i)); i++) {
			char c = text.charAt(i);
			if (!path && (c == '/' || c == '?' || c == '#')) {
				path = true;
				// A password may have such a character in it, against the rules
				if (at >= 0 || !password) {
					break;
				}
			}
			at = (c == '@') ? i : at;
			// What follows the colon is no port
			password = password || (c == ':' && i + 1 < most && !Character.isDigit(text.charAt(i + 1)));
		}
		return Span.of(start, at);
	}

	static boolean endsUrl(char c) {
		return Letters.endsLine(c) || Letters.isBlank(c);
	}

}
