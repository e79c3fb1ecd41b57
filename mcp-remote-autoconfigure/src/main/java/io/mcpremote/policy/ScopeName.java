// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.policy;

/**
 * What the name of a scope looks like, and of a role likewise.
 *
 * @since 0.1.0
 */
public final class ScopeName {

	private ScopeName() {
	}

	/**
	 * Return whether a text is made of the characters that RFC 6749 lets scopes be made
	 * of: printable ASCII without spaces, quotes and backslashes.
	 * @param text the text
	 * @return whether it can be a name
	 */
	public static boolean isValid(String text) {
		return !text.isEmpty() && text.chars().allMatch((c) -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
	}

}
